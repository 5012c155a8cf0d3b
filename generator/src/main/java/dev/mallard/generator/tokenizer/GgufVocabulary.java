package dev.mallard.generator.tokenizer;

import dev.mallard.generator.UserException;
import dev.mallard.generator.checkpoint.GgufMetadata;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a {@code tokenizer.json} of the vocabulary in a GGUF file: a SentencePiece one with scores
 * ({@code llama}), or a byte-level one with merges ({@code gpt2}).
 *
 * <p>Source: the GGUF specification in ggml's {@code docs/gguf.md}.
 */
final class GgufVocabulary {
  private static final Logger LOG = LoggerFactory.getLogger(GgufVocabulary.class);

  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  private final GgufMetadata metadata;
  private final List<String> tokens;
  private final List<Number> types;

  private GgufVocabulary(GgufMetadata metadata) {
    this.metadata = metadata;
    tokens = metadata.strings("tokenizer.ggml.tokens");
    types = metadata.numbers("tokenizer.ggml.token_type");
    if (tokens.isEmpty()) {
      throw new UserException(
          metadata.path() + " has no vocabulary, so Mallard cannot turn text into tokens for it.");
    }
    if (!types.isEmpty() && types.size() != tokens.size()) {
      throw metadata.corrupt("its vocabulary has not as many types as tokens");
    }
  }

  static TokenizerDefinition read(GgufMetadata metadata) {
    GgufVocabulary vocabulary = new GgufVocabulary(metadata);
    String kind = metadata.string("tokenizer.ggml.model").orElse("none");
    ObjectNode json =
        switch (kind) {
          case "llama" -> vocabulary.sentencePiece();
          case "gpt2" -> vocabulary.byteLevel();
          default ->
              throw new UserException(
                  "%s has a vocabulary of the kind %s, and Mallard reads llama and gpt2."
                      .formatted(metadata.path(), kind.replaceAll("\\W", "?")));
        };
    boolean begins =
        metadata
            .flag("tokenizer.ggml.add_bos_token")
            .orElse(kind.equals("llama") || vocabulary.splitting().equals("llama-bpe"));
    return new TokenizerDefinition(
        metadata.path(),
        json,
        vocabulary.named("bos"),
        vocabulary.named("eos"),
        begins,
        metadata.string("tokenizer.chat_template"));
  }

  private ObjectNode sentencePiece() {
    List<Number> scores = metadata.numbers("tokenizer.ggml.scores");
    if (scores.size() != tokens.size()) {
      throw metadata.corrupt("its vocabulary has not as many scores as tokens");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    addTokens(json);
    ArrayNode normalizers =
        json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    String space = String.valueOf(TokenSpelling.SPACE);
    if (metadata.flag("tokenizer.ggml.add_space_prefix").orElse(true)) {
      normalizers.addObject().put("type", "Prepend").put("prepend", space);
    }
    ObjectNode replace = normalizers.addObject().put("type", "Replace").put("content", space);
    replace.putObject("pattern").put("String", " ");
    json.putNull("pre_tokenizer");
    ObjectNode model = model(json).put("fuse_unk", true).put("byte_fallback", true);
    named("unknown").ifPresent(token -> model.put("unk_token", token));
    Map<String, Double> normal = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (type(id) == NORMAL) {
        normal.putIfAbsent(tokens.get(id), scores.get(id).doubleValue());
      }
    }
    ArrayNode merges = model.putArray("merges");
    ScoreMerges.of(normal).forEach(merge -> merges.addArray().add(merge.left()).add(merge.right()));
    return json;
  }

  private ObjectNode byteLevel() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    addTokens(json);
    json.putNull("normalizer");
    json.set("pre_tokenizer", preTokenizer());
    ObjectNode model = model(json).put("fuse_unk", false).put("byte_fallback", false);
    model.put("ignore_merges", splitting().equals("llama-bpe"));
    ArrayNode merges = model.putArray("merges");
    Map<String, Integer> ids = ids();
    for (String merge : metadata.strings("tokenizer.ggml.merges")) {
      int space = merge.indexOf(' ', 1);
      if (space < 0 || space == merge.length() - 1) {
        throw metadata.corrupt("one of its merges is not two tokens");
      }
      String left = merge.substring(0, space);
      String right = merge.substring(space + 1);
      if (ids.containsKey(left) && ids.containsKey(right) && ids.containsKey(left + right)) {
        merges.addArray().add(left).add(right);
      }
    }
    return json;
  }

  private ObjectNode preTokenizer() {
    Optional<ObjectNode> known = PreTokenizers.named(splitting());
    if (known.isEmpty()) {
      LOG.warn(
          "{} cuts text in a way ({}) that is not known, so GPT-2's is taken; its answers may be"
              + " worse for it",
          metadata.path(),
          splitting().replaceAll("[^\\w.-]", "?"));
    }
    return known.or(() -> PreTokenizers.named("gpt-2")).orElseThrow();
  }

  private String splitting() {
    return metadata.string("tokenizer.ggml.pre").orElse("default");
  }

  private ObjectNode model(ObjectNode json) {
    ObjectNode model = json.putObject("model").put("type", "BPE").putNull("dropout");
    ObjectNode vocabulary = model.putObject("vocab");
    ids().forEach(vocabulary::put);
    return model;
  }

  /** The first id of each spelling: a few vocabularies have one twice. */
  private Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.putIfAbsent(tokens.get(id), id);
    }
    return ids;
  }

  private void addTokens(ObjectNode json) {
    ArrayNode added = json.putArray("added_tokens");
    Map<String, Integer> seen = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      int type = type(id);
      if ((type == UNKNOWN || type == CONTROL || type == USER_DEFINED)
          && !tokens.get(id).isEmpty()
          && seen.putIfAbsent(tokens.get(id), id) == null) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokens.get(id))
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", type != USER_DEFINED);
      }
    }
  }

  private int type(int id) {
    return types.isEmpty() ? NORMAL : types.get(id).intValue();
  }

  private Optional<String> named(String role) {
    long id = metadata.integer("tokenizer.ggml." + role + "_token_id").orElse(-1);
    return id >= 0 && id < tokens.size() ? Optional.of(tokens.get((int) id)) : Optional.empty();
  }
}
