package dev.mallard.generator.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the decoder's program text into the archive that {@code torch::jit::load} reads: an
 * uncompressed zip with the source, a pickle (protocol 2) of the module's initial attributes, and
 * the format's version.
 */
final class DecoderArchive {
  private static final String PROGRAM = "decoder.torchscript";
  private static final List<String> INTEGERS =
      List.of(
          "heads",
          "key_value_heads",
          "head_size",
          "hidden_size",
          "layer_norm",
          "experts",
          "chosen_experts",
          "normalised_experts",
          "dtype",
          "cache_dtype",
          "wide_dtype",
          "kernels",
          "few");
  private static final List<String> FLOATS =
      List.of(
          "norm_epsilon",
          "embedding_factor",
          "attention_factor",
          "residual_factor",
          "logits_divisor");
  private static final List<String> TENSOR_LISTS =
      List.of("files", "ends", "frequencies", "keys", "values");
  private static final List<String> LISTS_OF_TENSOR_LISTS =
      List.of("layers", "unpacked", "adapters");
  private static final String PACKS_TYPE =
      "List[__torch__.torch.classes.quantized.LinearPackedParamsBase]";

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private DecoderArchive() {}

  /** The archive's bytes. */
  static byte[] pack() {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (InputStream program = DecoderArchive.class.getResourceAsStream(PROGRAM);
        ZipOutputStream zip = new ZipOutputStream(archive)) {
      if (program == null) {
        throw new IllegalStateException("the resource " + PROGRAM + " is missing");
      }
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "decoder/data.pkl", new DecoderArchive().attributes());
      store(zip, "decoder/code/__torch__.py", program.readAllBytes());
      store(zip, "decoder/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "decoder/version", ascii("10\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** A {@code __torch__.Decoder} made without arguments, then given its attributes. */
  private byte[] attributes() {
    pickle.write(0x80);
    pickle.write(2);
    opcodes("c__torch__\nDecoder\n)");
    pickle.write(0x81);
    opcodes("}(");
    name("training");
    pickle.write(0x89);
    for (String integer : INTEGERS) {
      name(integer);
      opcodes("K\0");
    }
    for (String number : FLOATS) {
      name(number);
      opcodes("G\0\0\0\0\0\0\0\0");
    }
    for (String list : TENSOR_LISTS) {
      name(list);
      opcodes("ctorch.jit._pickle\nbuild_tensorlist\n]");
      pickle.write(0x85);
      opcodes("R");
    }
    for (String list : LISTS_OF_TENSOR_LISTS) {
      emptyList(list, "List[List[Tensor]]");
    }
    emptyList("packs", PACKS_TYPE);
    name("device");
    name("");
    opcodes("ub.");
    return pickle.toByteArray();
  }

  private void emptyList(String attribute, String type) {
    name(attribute);
    opcodes("ctorch.jit._pickle\nrestore_type_tag\n]");
    name(type);
    pickle.write(0x86);
    opcodes("R");
  }

  private void opcodes(String ascii) {
    pickle.writeBytes(ascii(ascii));
  }

  private void name(String name) {
    byte[] text = ascii(name);
    opcodes("X");
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array());
    pickle.writeBytes(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
