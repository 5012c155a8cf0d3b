package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockDecoderTest {

  /** A block and what ggml decodes it to. */
  record Example(TensorType type, String blockHex, String weightsHex) {
    byte[] block() {
      return HexFormat.of().parseHex(blockHex);
    }

    float[] weights() {
      return floats(HexFormat.of().parseHex(weightsHex));
    }

    @Override
    public String toString() {
      return type.name();
    }
  }

  static List<Example> examples() throws IOException {
    try (InputStream stream = BlockDecoderTest.class.getResourceAsStream("blocks.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .map(parts -> new Example(TensorType.valueOf(parts[0]), parts[1], parts[2]))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void decodesAsGgmlDoes(Example example) {
    int count = example.type().blockWeights();
    assertThat(example.block()).hasSize(example.type().blockBytes());
    float[] weights = new float[count + 3];
    byte[] source = new byte[example.block().length + 5];
    System.arraycopy(example.block(), 0, source, 5, example.block().length);

    example.type().decoder().decode(source, 5, weights, 3, 1);

    assertThat(Arrays.copyOfRange(weights, 3, weights.length))
        .containsExactly(example.weights(), offset(largest(example.weights()) * 3e-7f));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void decodesBlocksOneAfterTheOther(Example example) {
    int count = example.type().blockWeights();
    byte[] twice = Arrays.copyOf(example.block(), example.block().length * 2);
    System.arraycopy(example.block(), 0, twice, example.block().length, example.block().length);
    float[] weights = new float[count * 2];

    example.type().decoder().decode(twice, 0, weights, 0, 2);

    assertThat(Arrays.copyOfRange(weights, count, 2 * count))
        .containsExactly(Arrays.copyOf(weights, count));
  }

  @Test
  void everyQuantizedTypeHasAnExample() throws IOException {
    assertThat(examples().stream().map(Example::type).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(TensorType.values()).filter(type -> type.blockWeights() > 1).toList());
  }

  @Test
  void decodesFloatingPointNumbers() {
    float[] weights = new float[2];

    TensorType.F32
        .decoder()
        .decode(HexFormat.of().parseHex("000020c1" + "0000003f"), 0, weights, 0, 2);
    assertThat(weights).containsExactly(-10f, 0.5f);

    TensorType.F16.decoder().decode(HexFormat.of().parseHex("00c9" + "0038"), 0, weights, 0, 2);
    assertThat(weights).containsExactly(-10f, 0.5f);

    TensorType.BF16.decoder().decode(HexFormat.of().parseHex("20c1" + "003f"), 0, weights, 0, 2);
    assertThat(weights).containsExactly(-10f, 0.5f);
  }

  /** By the published layout: d = 2, and quants 0, 1, ..., 15 twice, where 8 is zero. */
  @Test
  void decodesQ4ZeroByHand() {
    byte[] block = new byte[18];
    block[1] = 0x40;
    for (int i = 0; i < 16; i++) {
      block[2 + i] = (byte) (i | (15 - i) << 4);
    }
    float[] weights = new float[32];

    TensorType.Q4_0.decoder().decode(block, 0, weights, 0, 1);

    assertThat(weights).startsWith(-16f, -14f, -12f).endsWith(-12f, -14f, -16f);
    assertThat(weights[16]).isEqualTo(14f);
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(floats);
    return floats;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
