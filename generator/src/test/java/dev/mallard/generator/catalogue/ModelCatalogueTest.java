package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.model.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
  private static final ModelCatalogue CATALOGUE = ModelCatalogue.load();

  @Test
  void choosesByItselfOnlyCodeModelsWithAFreeLicenceBestFirst() {
    assertThat(CATALOGUE.automatic())
        .allMatch(model -> model.licence().equals("Apache-2.0"))
        .extracting(CatalogueModel::name)
        .containsExactly(
            "qwen2.5-coder-32b",
            "qwen2.5-coder-14b",
            "qwen2.5-coder-7b",
            "qwen2.5-coder-1.5b",
            "qwen2.5-coder-0.5b");
  }

  @Test
  void knowsEveryByteOfTheEmbeddedDefault() {
    assertThat(CATALOGUE.embeddedDefault().sources())
        .singleElement()
        .isInstanceOfSatisfying(
            ModelSource.Npm.class,
            source -> {
              assertThat(source.file().size()).isEqualTo(322_591_712);
              assertThat(source.packages()).hasSize(2);
            });
  }

  @Test
  void pinsTheCommitOfEveryRepository() {
    for (CatalogueModel model : CATALOGUE.models()) {
      for (ModelSource source : model.sources()) {
        if (source instanceof ModelSource.HuggingFace hub) {
          assertThat(hub.revision()).as(model.name()).matches("[0-9a-f]{40}");
          long pinned = hub.pinned().stream().mapToLong(RemoteFile::size).sum();
          assertThat(pinned).as(model.name()).isLessThan(model.approximateDownloadBytes());
        }
      }
    }
  }

  @Test
  void fitsASevenBillionModelIntoSixteenGigabytesButNotIntoEight() {
    CatalogueModel seven = CATALOGUE.find("qwen2.5-coder-7b").orElseThrow();

    assertThat(new DeviceMemory(16L << 30, Precision.INT8).fits(seven)).isTrue();
    assertThat(new DeviceMemory(8L << 30, Precision.INT8).fits(seven)).isFalse();
    assertThat(new DeviceMemory(16L << 30, Precision.BF16).fits(seven)).isFalse();
    assertThat(new DeviceMemory(24L << 30, Precision.BF16).fits(seven)).isTrue();
  }

  @Test
  void writesSizesForPeople() {
    assertThat(List.of(7L, 999L, 1000L, 3_087_467_144L, 995_000_000L, 15_240_000_000L))
        .map(ByteSize::format)
        .containsExactly("7 bytes", "999 bytes", "1.0 kB", "3.1 GB", "995 MB", "15 GB");
  }

  @Test
  void refusesAModelThatLacksSomething() {
    assertThatThrownBy(() -> LibraryFixture.catalogue("{\"models\":[{\"name\":\"duck\"}]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lacks description");
  }
}
