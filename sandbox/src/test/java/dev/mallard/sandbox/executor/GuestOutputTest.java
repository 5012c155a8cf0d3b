package dev.mallard.sandbox.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GuestOutputTest {
  @Property(tries = 500)
  void decodesWhateverTheChunks(
      @ForAll("texts") String text,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> sizes) {
    assertThat(written(text.getBytes(StandardCharsets.UTF_8), sizes, Integer.MAX_VALUE))
        .isEqualTo(text);
  }

  @Property(tries = 500)
  void bytesThatAreNoTextAreReplacedAsJavaDoes(
      @ForAll byte[] bytes,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> sizes) {
    assertThat(written(bytes, sizes, Integer.MAX_VALUE))
        .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void keepsTheBeginning(@ForAll("texts") String text, @ForAll @IntRange(max = 20) int limit) {
    String kept = written(text.getBytes(StandardCharsets.UTF_8), List.of(3), limit);
    assertThat(text).startsWith(kept);
    assertThat(kept.length()).isBetween(Math.min(text.length(), limit) - 1, limit);
  }

  @Example
  void aPairOfSurrogatesIsNotCutInTwo() {
    byte[] smile = "a\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
    assertThat(written(smile, List.of(5), 2)).isEqualTo("a");
  }

  @Example
  void aLongWriteComesWhole() {
    String text = "é".repeat(100_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(written(bytes, List.of(bytes.length), Integer.MAX_VALUE)).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "\n", "é", "€", "\uD83D\uDE00", "\u0000")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  private static String written(byte[] bytes, List<Integer> sizes, int limit) {
    StringBuilder kept = new StringBuilder();
    GuestOutput output = new GuestOutput();
    output.open(limit, kept::append);
    int position = 0;
    for (int chunk = 0; position < bytes.length; chunk++) {
      int size = Math.min(sizes.get(chunk % sizes.size()), bytes.length - position);
      output.write(bytes, position, size);
      position += size;
    }
    output.finish();
    return kept.toString();
  }
}
