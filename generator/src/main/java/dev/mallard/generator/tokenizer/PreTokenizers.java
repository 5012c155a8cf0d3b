package dev.mallard.generator.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How byte-level vocabularies cut text into words before they merge, by the names that GGUF files
 * give these ways in {@code tokenizer.ggml.pre}.
 *
 * <p>Source: the {@code tokenizer.json} files of the models that the names are of.
 */
final class PreTokenizers {
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String QWEN2 = LLAMA3.replace("\\p{N}{1,3}", "\\p{N}");
  private static final List<String> DEEPSEEK_CODER =
      List.of("[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+");

  private PreTokenizers() {}

  /** The {@code pre_tokenizer} of a {@code tokenizer.json}; empty for a name that is not known. */
  static Optional<ObjectNode> named(String name) {
    return switch (name) {
      case "gpt-2", "gpt2", "default", "phi-2", "olmo", "granite-docling" ->
          Optional.of(sequence(List.of(byteLevel(true))));
      case "llama-bpe", "llama3", "llama-v3", "dbrx", "smaug-bpe" ->
          Optional.of(sequence(List.of(split(LLAMA3), byteLevel(false))));
      case "qwen2", "deepseek-r1-qwen", "stablelm2" ->
          Optional.of(sequence(List.of(split(QWEN2), byteLevel(false))));
      case "deepseek-coder" -> {
        List<ObjectNode> steps =
            new ArrayList<>(DEEPSEEK_CODER.stream().map(PreTokenizers::split).toList());
        steps.add(digits());
        steps.add(byteLevel(false));
        yield Optional.of(sequence(steps));
      }
      case "starcoder", "refact", "command-r", "smollm", "codeshell" ->
          Optional.of(sequence(List.of(digits(), byteLevel(true))));
      default -> Optional.empty();
    };
  }

  private static ObjectNode sequence(List<ObjectNode> steps) {
    ObjectNode node = typed("Sequence");
    ArrayNode array = node.putArray("pretokenizers");
    steps.forEach(array::add);
    return node;
  }

  private static ObjectNode split(String regex) {
    ObjectNode node = typed("Split");
    node.putObject("pattern").put("Regex", regex);
    return node.put("behavior", "Isolated").put("invert", false);
  }

  private static ObjectNode digits() {
    return typed("Digits").put("individual_digits", true);
  }

  private static ObjectNode byteLevel(boolean splits) {
    return typed("ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", splits);
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
