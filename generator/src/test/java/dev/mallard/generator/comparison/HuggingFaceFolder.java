package dev.mallard.generator.comparison;

import dev.mallard.generator.checkpoint.Checkpoint;
import dev.mallard.generator.checkpoint.Checkpoints;
import dev.mallard.generator.checkpoint.GgufMetadata;
import dev.mallard.generator.checkpoint.ModelConfiguration;
import dev.mallard.generator.checkpoint.ModelConfiguration.RopeScaling;
import dev.mallard.generator.tokenizer.TokenizerFiles;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the model of a GGUF file as a Hugging Face folder, its weights decoded and rounded to
 * bfloat16, for engines that read no GGUF.
 */
final class HuggingFaceFolder {
  private static final int WEIGHTS_AT_ONCE = 1 << 20;

  private HuggingFaceFolder() {}

  /** Writes into a folder that is there and empty. */
  static void write(Path gguf, Path folder) throws IOException {
    TokenizerFiles.write(gguf, folder);
    Files.writeString(folder.resolve("README.md"), "# " + gguf.getFileName() + " in bfloat16\n");
    long begin = GgufMetadata.read(gguf).integer("tokenizer.ggml.bos_token_id").orElse(1);
    try (Checkpoint checkpoint = Checkpoints.open(gguf)) {
      Files.writeString(
          folder.resolve("config.json"),
          configuration(checkpoint.configuration(), begin).toString());
      writeWeights(checkpoint, folder.resolve("model.safetensors"));
    }
  }

  private static ObjectNode configuration(ModelConfiguration model, long beginToken)
      throws IOException {
    if (!(model.ropeScaling() instanceof RopeScaling.None)) {
      throw new IOException("its rotary frequencies are scaled, which is not written out");
    }
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("model_type", model.architecture().name().toLowerCase(Locale.ROOT))
            .put("vocab_size", model.vocabularySize())
            .put("hidden_size", model.hiddenSize())
            .put("num_hidden_layers", model.layers())
            .put("num_attention_heads", model.attention().heads())
            .put("num_key_value_heads", model.attention().keyValueHeads())
            .put("intermediate_size", model.feedForward().size())
            .put("max_position_embeddings", model.contextLength())
            .put("rms_norm_eps", model.norm().epsilon())
            .put("rope_theta", model.ropeTheta())
            .put("tie_word_embeddings", model.tiedEmbeddings())
            .put("hidden_act", "silu")
            .put("torch_dtype", "bfloat16")
            .put("bos_token_id", beginToken);
    ArrayNode ends = json.putArray("eos_token_id");
    model.endTokens().forEach(ends::add);
    return json;
  }

  private static void writeWeights(Checkpoint checkpoint, Path file) throws IOException {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    long offset = 0;
    for (String name : new TreeSet<>(checkpoint.tensorNames())) {
      ObjectNode entry = header.putObject(name).put("dtype", "BF16");
      ArrayNode shape = entry.putArray("shape");
      long weights = 1;
      for (int size : checkpoint.shape(name)) {
        shape.add(size);
        weights *= size;
      }
      entry.putArray("data_offsets").add(offset).add(offset + 2 * weights);
      offset += 2 * weights;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    try (DataOutputStream output =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      output.writeLong(Long.reverseBytes(json.length));
      output.write(json);
      for (String name : new TreeSet<>(checkpoint.tensorNames())) {
        writeTensor(checkpoint, name, output);
      }
    }
  }

  private static void writeTensor(Checkpoint checkpoint, String name, DataOutputStream output)
      throws IOException {
    List<Integer> shape = checkpoint.shape(name);
    int rows = shape.size() == 1 ? 1 : shape.getFirst();
    int columns = shape.getLast();
    int most = Math.clamp(WEIGHTS_AT_ONCE / columns, 1, rows);
    float[] weights = new float[most * columns];
    ByteBuffer bytes = ByteBuffer.allocate(2 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row += most) {
      int count = Math.min(most, rows - row);
      checkpoint.readRows(name, row, count, weights);
      bytes.clear();
      for (int i = 0; i < count * columns; i++) {
        bytes.putShort(bfloat16(weights[i]));
      }
      output.write(bytes.array(), 0, bytes.position());
    }
  }

  /** The nearest, the even one of two as near. */
  private static short bfloat16(float weight) {
    int bits = Float.floatToRawIntBits(weight);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
