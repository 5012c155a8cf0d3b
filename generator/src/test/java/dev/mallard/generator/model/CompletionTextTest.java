package dev.mallard.generator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CompletionTextTest {

  @Test
  void holdsBackAnUnfinishedCharacterUntilItsLastByteComes() {
    CompletionText text = new CompletionText(List.of());
    byte[] duck = "🦆".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      text.add(new byte[] {duck[i]});
      assertThat(text.release()).isEmpty();
    }
    text.add(new byte[] {duck[3]});
    assertThat(text.release()).isEqualTo("🦆");
  }

  @Test
  void replacesBytesThatAreNoUtf8() {
    CompletionText text = new CompletionText(List.of());
    text.add(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3});
    text.end();
    assertThat(text.text()).isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void endsBeforeAStopStringThatSpansTokens() {
    CompletionText text = new CompletionText(List.of("\n```"));
    add(text, "x = 1\n", "`", "``", "more");
    assertThat(text.stopped()).isTrue();
    assertThat(text.text()).isEqualTo("x = 1");
    assertThat(text.release()).isEqualTo("x = 1");
  }

  @Test
  void releasesWhatLookedLikeAStopStringOnceItIsNone() {
    CompletionText text = new CompletionText(List.of("\n```"));
    add(text, "a\n``");
    assertThat(text.release()).isEqualTo("a");
    add(text, "x");
    assertThat(text.release()).isEqualTo("\n``x");
    assertThat(text.stopped()).isFalse();
  }

  @Test
  void takesTheFirstOfSeveralStopStrings() {
    CompletionText text = new CompletionText(List.of("END", "two"));
    add(text, "one two END");
    assertThat(text.text()).isEqualTo("one ");
  }

  /**
   * However the bytes are cut into tokens, the text is the same, and what is released adds up to
   * it.
   */
  @Property
  void cutsMakeNoDifference(
      @ForAll("texts") String whole, @ForAll("stops") List<String> stops, @ForAll int seed) {
    CompletionText atOnce = new CompletionText(stops);
    atOnce.add(whole.getBytes(StandardCharsets.UTF_8));
    atOnce.end();

    CompletionText inPieces = new CompletionText(stops);
    StringBuilder released = new StringBuilder();
    for (byte[] piece : cut(whole.getBytes(StandardCharsets.UTF_8), seed)) {
      inPieces.add(piece);
      released.append(inPieces.release());
    }
    inPieces.end();
    released.append(inPieces.release());

    int stop =
        stops.stream().mapToInt(whole::indexOf).filter(at -> at >= 0).min().orElse(whole.length());
    assertThat(atOnce.text()).isEqualTo(whole.substring(0, stop));
    assertThat(released.toString()).isEqualTo(inPieces.text());
    // A longer stop string that begins earlier may come whole only after a shorter one has ended
    // the text.
    assertThat(inPieces.text()).startsWith(atOnce.text());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "ab", "é", "🦆", "\n", "```", "`", "stop")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> stops() {
    return Arbitraries.of("\n```", "stop", "ba", "🦆a").list().uniqueElements().ofMaxSize(3);
  }

  private static List<byte[]> cut(byte[] bytes, int seed) {
    java.util.Random random = new java.util.Random(seed);
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(4));
      pieces.add(java.util.Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    return pieces;
  }

  private static void add(CompletionText text, String... tokens) {
    for (String token : tokens) {
      text.add(token.getBytes(StandardCharsets.UTF_8));
    }
  }
}
