package dev.mallard.generator.tokenizer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a tokenizer puts a space in front of text, as SentencePiece does so that a word is the same
 * tokens at the beginning as after a space.
 *
 * <p>Mallard does this itself, and takes it out of the definition that the native library gets: a
 * text that is data gets no such space, and so comes back from its tokens as it was.
 */
enum PrefixSpace {
  NEVER,
  /** Before the first piece of plain text, where that opens the whole and has no space. */
  FIRST,
  /** Before every piece of plain text that does not begin with a space. */
  EACH_WITHOUT,
  /** Before every piece of plain text. */
  EACH;

  /** The text as the native library is to get it. */
  String apply(String text, boolean opening) {
    boolean wanted =
        switch (this) {
          case NEVER -> false;
          case FIRST -> opening && !text.startsWith(" ");
          case EACH_WITHOUT -> !text.startsWith(" ");
          case EACH -> true;
        };
    return wanted ? " " + text : text;
  }

  /** Finds the policy of a {@code tokenizer.json} and takes it out of it. */
  static PrefixSpace takeFrom(ObjectNode definition) {
    PrefixSpace fromNormalizer = NEVER;
    JsonNode normalizer = definition.path("normalizer");
    if (isPrepend(normalizer)) {
      definition.putNull("normalizer");
      fromNormalizer = EACH;
    } else if (normalizer.path("normalizers") instanceof ArrayNode steps) {
      for (int i = steps.size() - 1; i >= 0; i--) {
        if (isPrepend(steps.path(i))) {
          steps.remove(i);
          fromNormalizer = EACH;
        }
      }
    }
    PrefixSpace fromPreTokenizer = takeFromPreTokenizer(definition.path("pre_tokenizer"));
    return fromNormalizer == NEVER ? fromPreTokenizer : fromNormalizer;
  }

  private static PrefixSpace takeFromPreTokenizer(JsonNode preTokenizer) {
    if (!(preTokenizer instanceof ObjectNode step)) {
      return NEVER;
    }
    PrefixSpace found = NEVER;
    switch (step.path("type").asString("")) {
      case "Sequence" -> {
        for (JsonNode inner : step.path("pretokenizers")) {
          PrefixSpace next = takeFromPreTokenizer(inner);
          found = next == NEVER ? found : next;
        }
      }
      case "ByteLevel" -> {
        found = step.path("add_prefix_space").asBoolean(true) ? EACH_WITHOUT : NEVER;
        step.put("add_prefix_space", false);
      }
      case "Metaspace" -> {
        boolean adds = step.path("add_prefix_space").asBoolean(true);
        found =
            switch (step.path("prepend_scheme").asString(adds ? "always" : "never")) {
              case "never" -> NEVER;
              case "first" -> FIRST;
              default -> EACH_WITHOUT;
            };
        step.put("prepend_scheme", "never");
        step.remove("add_prefix_space");
      }
      default -> {}
    }
    return found;
  }

  private static boolean isPrepend(JsonNode step) {
    return step.path("type").asString("").equals("Prepend");
  }
}
