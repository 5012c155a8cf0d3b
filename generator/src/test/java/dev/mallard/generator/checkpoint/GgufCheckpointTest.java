package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.ModelConfiguration.Architecture;
import dev.mallard.generator.checkpoint.ModelConfiguration.Attention;
import dev.mallard.generator.checkpoint.ModelConfiguration.FeedForward;
import dev.mallard.generator.checkpoint.ModelConfiguration.Multipliers;
import dev.mallard.generator.checkpoint.ModelConfiguration.Norm;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufCheckpointTest {
  @TempDir private Path folder;

  @Test
  void readsTheConfiguration() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama())) {
      assertThat(checkpoint.configuration())
          .isEqualTo(
              new ModelConfiguration(
                  Architecture.LLAMA,
                  16,
                  8,
                  1,
                  Attention.plain(2, 1, 4),
                  new FeedForward.Gated(12),
                  Norm.rms(1e-5f),
                  64,
                  10_000,
                  new RopeScaling.None(),
                  Multipliers.usual(4),
                  false,
                  List.of(2)));
    }
  }

  @Test
  void readsVersionTwo() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama().version(2))) {
      assertThat(checkpoint.configuration().layers()).isEqualTo(1);
    }
  }

  @Test
  void knowsTensorsByTheirHuggingFaceNames() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama())) {
      assertThat(checkpoint.tensorNames())
          .hasSize(12)
          .contains("model.embed_tokens.weight", "model.layers.0.mlp.down_proj.weight");
      assertThat(checkpoint.shape("model.layers.0.mlp.down_proj.weight")).containsExactly(8, 12);
      assertThatThrownBy(() -> checkpoint.shape("nothing")).isInstanceOf(UserException.class);
    }
  }

  @Test
  void readsRowsAnywhere() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama())) {
      float[] rows = new float[16];
      checkpoint.readRows("model.embed_tokens.weight", 3, 2, rows);
      assertThat(rows).startsWith(24, 25).endsWith(38, 39);
      assertThatThrownBy(() -> checkpoint.readRows("model.embed_tokens.weight", 15, 2, rows))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> checkpoint.readRows("model.embed_tokens.weight", 0, 3, rows))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  /** In a head of four, the file has the rows 0, 2, 1, 3 of Hugging Face's order. */
  @Test
  void putsQueriesAndKeysInTheOrderOfHalvedRotaryPositions() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama())) {
      float[] rows = new float[64];
      checkpoint.readRows("model.layers.0.self_attn.q_proj.weight", 0, 8, rows);
      assertThat(firstOfRows(rows, 8)).containsExactly(0, 16, 8, 24, 32, 48, 40, 56);

      checkpoint.readRows("model.layers.0.self_attn.k_proj.weight", 1, 2, rows);
      assertThat(firstOfRows(Arrays.copyOf(rows, 16), 8)).containsExactly(16, 8);

      checkpoint.readRows("model.layers.0.self_attn.v_proj.weight", 0, 4, rows);
      assertThat(firstOfRows(Arrays.copyOf(rows, 32), 8)).containsExactly(0, 8, 16, 24);
    }
  }

  @Test
  void leavesTheRowsOfQwenAsTheyAre() throws IOException {
    GgufBuilder builder = GgufBuilder.llama().set("general.architecture", "qwen2");
    for (String key :
        List.of(
            "context_length",
            "embedding_length",
            "block_count",
            "feed_forward_length",
            "attention.head_count",
            "attention.head_count_kv")) {
      builder.set(
          "qwen2." + key,
          switch (key) {
            case "context_length" -> 64;
            case "embedding_length" -> 8;
            case "feed_forward_length" -> 12;
            case "attention.head_count" -> 2;
            default -> 1;
          });
    }
    builder.set("qwen2.attention.layer_norm_rms_epsilon", 1e-6f);
    builder.floats("blk.0.attn_q.bias", 8).floats("blk.0.attn_k.bias", 4);
    builder.floats("blk.0.attn_v.bias", 4);
    try (Checkpoint checkpoint = open(builder)) {
      assertThat(checkpoint.configuration().architecture()).isEqualTo(Architecture.QWEN2);
      float[] rows = new float[64];
      checkpoint.readRows("model.layers.0.self_attn.q_proj.weight", 0, 8, rows);
      assertThat(firstOfRows(rows, 8)).containsExactly(0, 8, 16, 24, 32, 40, 48, 56);
      assertThat(checkpoint.shape("model.layers.0.self_attn.q_proj.bias")).containsExactly(8);
    }
  }

  @Test
  void tiesTheEmbeddingsWhereThereIsNoOutputMatrix() throws IOException {
    try (Checkpoint checkpoint = open(GgufBuilder.llama().without("output.weight"))) {
      assertThat(checkpoint.configuration().tiedEmbeddings()).isTrue();
    }
  }

  @Test
  void readsRotaryScaling() throws IOException {
    try (Checkpoint checkpoint =
        open(
            GgufBuilder.llama()
                .set("llama.rope.freq_base", 5e5f)
                .set("llama.rope.scaling.type", "linear")
                .set("llama.rope.scaling.factor", 4f))) {
      assertThat(checkpoint.configuration().ropeTheta()).isEqualTo(5e5);
      assertThat(checkpoint.configuration().ropeScaling()).isEqualTo(new RopeScaling.Linear(4));
    }
    byte[] factors = new byte[8];
    System.arraycopy(GgufBuilder.int32(Float.floatToIntBits(1)), 0, factors, 0, 4);
    System.arraycopy(GgufBuilder.int32(Float.floatToIntBits(8)), 0, factors, 4, 4);
    try (Checkpoint checkpoint =
        open(GgufBuilder.llama().tensor("rope_freqs.weight", List.of(2), 0, factors, 0))) {
      assertThat(checkpoint.configuration().ropeScaling())
          .isEqualTo(new RopeScaling.PerDimension(List.of(1.0, 8.0)));
    }
  }

  @Test
  void endsAtEveryTokenThatEndsAMessage() throws IOException {
    try (Checkpoint checkpoint =
        open(
            GgufBuilder.llama()
                .set("tokenizer.ggml.eot_token_id", 5)
                .set("tokenizer.ggml.tokens", List.of("a", "<|im_end|>", "</s>", "<|im_end|>"))
                .set("tokenizer.ggml.token_type", List.of(1, 1, 3, 3)))) {
      assertThat(checkpoint.configuration().endTokens()).containsExactly(2, 3, 5);
    }
  }

  @Test
  void refusesWhatItCannotRun() throws IOException {
    refuses(GgufBuilder.llama().set("general.architecture", "gemma3"), "gemma3", "qwen2, qwen3");
    refuses(GgufBuilder.llama().set("llama.expert_count", 8), "mixture of experts");
    refuses(GgufBuilder.llama().set("split.count", 2), "llama-gguf-split --merge");
    refuses(GgufBuilder.llama().set("llama.rope.scaling.type", "yarn"), "yarn", "linear");
    refuses(GgufBuilder.llama().floats("blk.0.attn_q.bias", 8), "lacks the tensor", "k_proj.bias");
    refuses(
        GgufBuilder.llama().tensor("x.weight", List.of(256), 19, new byte[50], 0),
        "IQ1_S",
        "Q4_K_M");
    refuses(GgufBuilder.llama().version(1), "version 1", "2 and 3");
    refuses(GgufBuilder.llama().version(Integer.reverseBytes(3)), "big-endian");
  }

  @Test
  void refusesAConfigurationThatCannotBe() throws IOException {
    refuses(GgufBuilder.llama().unset("llama.block_count"), "llama.block_count");
    refuses(GgufBuilder.llama().set("llama.block_count", -1), "number of layers");
    refuses(GgufBuilder.llama().set("llama.attention.head_count", 0), "number of heads");
    refuses(GgufBuilder.llama().set("llama.attention.head_count", "two"), "not a whole number");
    refuses(GgufBuilder.llama().set("llama.attention.layer_norm_rms_epsilon", Float.NaN), "norm");
    refuses(
        GgufBuilder.llama().without("blk.0.ffn_up.weight"), "model.layers.0.mlp.up_proj.weight");
    refuses(GgufBuilder.llama().set("llama.feed_forward_length", 13), "shape");
    refuses(GgufBuilder.llama().without("token_embd.weight"), "token_embd.weight");
  }

  @Test
  void refusesACorruptDirectory() throws IOException {
    refuses(GgufBuilder.llama().tensor("x", List.of(8), 0, new byte[32], 1), "misaligned");
    refuses(GgufBuilder.llama().tensor("x", List.of(8), 0, new byte[32], -32), "overlaps");
    refuses(GgufBuilder.llama().tensor("x", List.of(8), 0, new byte[32], 1L << 40), "cut short");
    refuses(GgufBuilder.llama().floats("x", 8).floats("x", 8), "twice");
    refuses(GgufBuilder.llama().tensor("x", List.of(40), 2, new byte[18], 0), "whole blocks");
    refuses(GgufBuilder.llama().tensor("x", List.of(-1), 0, new byte[18], 0), "absurd");
    refuses(
        GgufBuilder.llama().tensor("x", List.of(1, 1, 1, 1, 1), 0, new byte[4], 0), "5 dimensions");
    refuses(GgufBuilder.llama().set("general.alignment", 3), "alignment");
  }

  @Test
  void refusesAbsurdCountsWithoutTakingMemoryForThem() throws IOException {
    byte[] manyTensors = GgufBuilder.llama().build();
    System.arraycopy(GgufBuilder.int64(Long.MAX_VALUE), 0, manyTensors, 8, 8);
    refuses(manyTensors, "more keys or tensors");

    ByteArrayOutputStream longList = new ByteArrayOutputStream();
    longList.writeBytes(Arrays.copyOf(GgufBuilder.llama().build(), 8));
    longList.writeBytes(GgufBuilder.int64(0));
    longList.writeBytes(GgufBuilder.int64(1));
    longList.writeBytes(GgufBuilder.string("key"));
    longList.writeBytes(GgufBuilder.int32(9));
    longList.writeBytes(GgufBuilder.int32(8));
    longList.writeBytes(GgufBuilder.int64(1L << 60));
    longList.writeBytes(new byte[100]);
    refuses(longList.toByteArray(), "cut short");
  }

  @Test
  void refusesFilesThatAreNoModels() throws IOException {
    refuses(new byte[0], "empty");
    refuses("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "no model file");
    refuses(new byte[] {'G', 'G', 'U', 'F'}, "cut short");
    assertThatThrownBy(() -> Checkpoints.open(folder.resolve("missing.gguf")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("missing.gguf");
  }

  @Test
  void tellsAFileThatIsCutShort() throws IOException {
    byte[] whole = GgufBuilder.llama().build();
    refuses(Arrays.copyOf(whole, whole.length - 100), "cut short");
    refuses(Arrays.copyOf(whole, 1000), "cut short");
  }

  @Test
  void fingerprintsContent() throws IOException {
    Path first = write("first.gguf", GgufBuilder.llama().build());
    byte[] other = GgufBuilder.llama().build();
    other[other.length - 40]++;
    Path second = write("second.gguf", other);
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(first, time);
    Files.setLastModifiedTime(second, time);
    String before = fingerprint(first);

    assertThat(fingerprint(second)).isNotEqualTo(before);

    Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(second, time);
    assertThat(fingerprint(second)).isEqualTo(before).matches("[0-9a-f]{32}");

    Files.setLastModifiedTime(second, FileTime.fromMillis(2_000_000));
    assertThat(fingerprint(second)).isNotEqualTo(before);
  }

  private static String fingerprint(Path path) {
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      return checkpoint.fingerprint();
    }
  }

  private static float[] firstOfRows(float[] rows, int size) {
    float[] firsts = new float[rows.length / size];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = rows[i * size];
    }
    return firsts;
  }

  private Checkpoint open(GgufBuilder builder) throws IOException {
    return Checkpoints.open(write("model.bin", builder.build()));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private void refuses(GgufBuilder builder, String... parts) throws IOException {
    refuses(builder.build(), parts);
  }

  private void refuses(byte[] file, String... parts) throws IOException {
    Path path = write("bad.gguf", file);
    assertThatThrownBy(() -> Checkpoints.open(path))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("bad.gguf")
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }
}
