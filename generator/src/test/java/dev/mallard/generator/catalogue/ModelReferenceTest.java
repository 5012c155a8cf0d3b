package dev.mallard.generator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ModelReferenceTest {
  private static final ModelCatalogue CATALOGUE = ModelCatalogue.load();

  @Test
  void readsNamesOfTheCatalogueInAnyCase() {
    assertThat(ModelReference.parse(" Qwen2.5-Coder-7B ", CATALOGUE))
        .isEqualTo(ModelReference.parse("qwen2.5-coder-7b", CATALOGUE))
        .isInstanceOf(ModelReference.Catalogued.class);
  }

  @Test
  void readsRepositoriesOfTheHub() {
    assertThat(ModelReference.parse("hf:acme/duck@v1.0", CATALOGUE))
        .isEqualTo(new ModelReference.Repository("acme/duck", "v1.0"));
    assertThat(ModelReference.parse("acme/duck", CATALOGUE))
        .isEqualTo(new ModelReference.Repository("acme/duck", "main"));
  }

  @Test
  void knowsTheRepositoriesOfTheCatalogue() {
    assertThat(ModelReference.parse("Qwen/Qwen2.5-Coder-7B-Instruct", CATALOGUE))
        .isEqualTo(ModelReference.parse("qwen2.5-coder-7b", CATALOGUE));
  }

  @Test
  void suggestsTheNameThatWasMeant() {
    assertThatThrownBy(() -> ModelReference.parse("qwen2.5-codr-7b", CATALOGUE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean qwen2.5-coder-7b?");
    assertThatThrownBy(() -> ModelReference.parse("gpt", CATALOGUE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("check the name");
  }

  @Test
  void saysThatAPathIsNotThere() {
    assertThatThrownBy(() -> ModelReference.parse("./no/such.gguf", CATALOGUE))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("There is no file or folder ./no/such.gguf");
  }

  @Property(seed = "1")
  void anyTextIsAReferenceOrTheUsersMistake(@ForAll String text) {
    try {
      ModelReference.Stored stored = ModelReference.parseStored(text, CATALOGUE);
      assertThat(stored.key()).doesNotContain("/", "\\", "..").matches("[A-Za-z0-9].*");
    } catch (UserException e) {
      assertThat(e).hasMessageContaining("There is no model");
    }
  }

  @Property(seed = "1")
  void distanceIsSymmetricAndCountsOneChange(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b) {
    assertThat(NearestName.distance(a, b)).isEqualTo(NearestName.distance(b, a));
    assertThat(NearestName.distance(a, a + "x")).isEqualTo(1);
    assertThat(NearestName.distance(a, b) == 0).isEqualTo(a.equals(b));
  }
}
