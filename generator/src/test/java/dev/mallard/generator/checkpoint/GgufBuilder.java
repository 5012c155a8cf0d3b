package dev.mallard.generator.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files, sound ones and others. */
public final class GgufBuilder {
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT32 = 4;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Tensor(String name, List<Integer> shape, int type, byte[] data, long shift) {}

  private int version = 3;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<byte[]> extraEntries = new ArrayList<>();

  /** A whole Llama of one layer: hidden size 8, two heads, one key and value head, 16 tokens. */
  public static GgufBuilder llama() {
    GgufBuilder builder =
        new GgufBuilder()
            .set("general.architecture", "llama")
            .set("llama.context_length", 64)
            .set("llama.embedding_length", 8)
            .set("llama.block_count", 1)
            .set("llama.feed_forward_length", 12)
            .set("llama.attention.head_count", 2)
            .set("llama.attention.head_count_kv", 1)
            .set("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .set("tokenizer.ggml.eos_token_id", 2);
    builder.floats("token_embd.weight", 16, 8);
    builder.floats("output_norm.weight", 8);
    builder.floats("output.weight", 16, 8);
    builder.floats("blk.0.attn_norm.weight", 8);
    builder.floats("blk.0.attn_q.weight", 8, 8);
    builder.floats("blk.0.attn_k.weight", 4, 8);
    builder.floats("blk.0.attn_v.weight", 4, 8);
    builder.floats("blk.0.attn_output.weight", 8, 8);
    builder.floats("blk.0.ffn_norm.weight", 8);
    builder.floats("blk.0.ffn_gate.weight", 12, 8);
    builder.floats("blk.0.ffn_up.weight", 12, 8);
    builder.floats("blk.0.ffn_down.weight", 8, 12);
    return builder;
  }

  public GgufBuilder version(int value) {
    version = value;
    return this;
  }

  /** Sets a key to an {@link Integer}, {@link Float}, {@link Boolean}, {@link String} or list. */
  public GgufBuilder set(String key, Object value) {
    values.put(key, value);
    return this;
  }

  public GgufBuilder unset(String key) {
    values.remove(key);
    return this;
  }

  public GgufBuilder without(String tensor) {
    tensors.removeIf(entry -> entry.name().equals(tensor));
    return this;
  }

  /** Adds a float32 tensor with the weights 0, 1, 2 and so on. */
  public GgufBuilder floats(String name, int... shape) {
    int count = 1;
    List<Integer> sizes = new ArrayList<>();
    for (int size : shape) {
      count *= size;
      sizes.add(size);
    }
    ByteBuffer data = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      data.putFloat(i);
    }
    return tensor(name, sizes, 0, data.array(), 0);
  }

  /** Adds a tensor of any type, its offset shifted from where it should be. */
  public GgufBuilder tensor(
      String name, List<Integer> shape, int type, byte[] data, long offsetShift) {
    tensors.add(new Tensor(name, shape, type, data, offsetShift));
    return this;
  }

  /** Adds bytes where a tensor's entry should be. */
  public GgufBuilder rawEntry(byte[] entry) {
    extraEntries.add(entry);
    return this;
  }

  public byte[] build() {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    header.writeBytes(int32(version));
    header.writeBytes(int64(tensors.size() + extraEntries.size()));
    header.writeBytes(int64(values.size()));
    values.forEach((key, value) -> {
      header.writeBytes(string(key));
      header.writeBytes(int32(typeOf(value)));
      header.writeBytes(encoded(value));
    });
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Tensor tensor : tensors) {
      header.writeBytes(string(tensor.name()));
      header.writeBytes(int32(tensor.shape().size()));
      tensor.shape().reversed().forEach(size -> header.writeBytes(int64(size)));
      header.writeBytes(int32(tensor.type()));
      header.writeBytes(int64(data.size() + tensor.shift()));
      data.writeBytes(tensor.data());
      pad(data);
    }
    extraEntries.forEach(header::writeBytes);
    pad(header);
    header.writeBytes(data.toByteArray());
    return header.toByteArray();
  }

  private static void pad(ByteArrayOutputStream stream) {
    while (stream.size() % 32 != 0) {
      stream.write(0);
    }
  }

  private static int typeOf(Object value) {
    return switch (value) {
      case Integer ignored -> UINT32;
      case Float ignored -> FLOAT32;
      case Boolean ignored -> BOOL;
      case String ignored -> STRING;
      case List<?> ignored -> ARRAY;
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static byte[] encoded(Object value) {
    return switch (value) {
      case Integer number -> int32(number);
      case Float number -> int32(Float.floatToIntBits(number));
      case Boolean flag -> new byte[] {(byte) (flag ? 1 : 0)};
      case String text -> string(text);
      case List<?> list -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(int32(list.isEmpty() ? UINT32 : typeOf(list.getFirst())));
        bytes.writeBytes(int64(list.size()));
        list.forEach(element -> bytes.writeBytes(encoded(element)));
        yield bytes.toByteArray();
      }
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(int64(bytes.length));
    stream.writeBytes(bytes);
    return stream.toByteArray();
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
