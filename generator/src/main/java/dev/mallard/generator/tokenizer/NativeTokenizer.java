package dev.mallard.generator.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.mallard.generator.NativeLibraries;
import dev.mallard.generator.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tokenizer that Hugging Face's native library runs.
 *
 * <p>The library gets the ordinary vocabulary only. Markup, and SentencePiece's space before a
 * text, are dealt with here: so nothing in a text that is data can become markup.
 *
 * <p>The bytes of a text's tokens are the text's own, in the form that the vocabulary's normalizer
 * gives it (Qwen2's composes characters, Unicode's NFC). A lone surrogate, that no bytes can be of,
 * becomes U+FFFD.
 */
final class NativeTokenizer implements Tokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
  private static final int MAXIMUM_VOCABULARY = 1 << 22;

  private final HuggingFaceTokenizer library;
  private final AddedTokens added;
  private final PrefixSpace prefixSpace;
  private final TokenSpelling spelling;
  private final byte[][] bytes;

  private NativeTokenizer(
      HuggingFaceTokenizer library,
      AddedTokens added,
      PrefixSpace prefixSpace,
      TokenSpelling spelling,
      byte[][] bytes) {
    this.library = library;
    this.added = added;
    this.prefixSpace = prefixSpace;
    this.spelling = spelling;
    this.bytes = bytes;
  }

  /**
   * Makes a tokenizer.
   *
   * @throws UserException if the definition is malformed
   */
  static NativeTokenizer of(TokenizerDefinition definition) {
    ObjectNode json = definition.json().deepCopy();
    if (!json.path("model").path("type").asString("BPE").equals("BPE")
        || !(json.path("model").path("vocab") instanceof ObjectNode vocabulary)) {
      throw new UserException(
          "The tokenizer of "
              + definition.source()
              + " is not byte-pair encoding, the one kind that Mallard supports.");
    }
    List<AddedToken> tokens = addedTokens(json, definition.source());
    TokenSpelling spelling =
        isByteLevel(json) ? TokenSpelling.BYTE_LEVEL : TokenSpelling.SENTENCE_PIECE;
    byte[][] bytes = bytes(vocabulary, tokens, spelling, definition.source());
    PrefixSpace prefixSpace = PrefixSpace.takeFrom(json);
    keepOrdinary(json, vocabulary, tokens);
    return new NativeTokenizer(
        load(json, definition.source()), new AddedTokens(tokens), prefixSpace, spelling, bytes);
  }

  private static HuggingFaceTokenizer load(ObjectNode json, Path source) {
    NativeLibraries.prepare();
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)), OPTIONS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new UserException("The tokenizer of " + source + " is malformed.", e);
    }
  }

  private static boolean isByteLevel(JsonNode json) {
    return hasType(json.path("pre_tokenizer"), "pretokenizers")
        || hasType(json.path("decoder"), "decoders");
  }

  private static boolean hasType(JsonNode step, String inner) {
    return step.path("type").asString("").equals("ByteLevel")
        || step.path(inner).valueStream().anyMatch(part -> hasType(part, inner));
  }

  private static List<AddedToken> addedTokens(ObjectNode json, Path source) {
    List<AddedToken> tokens = new ArrayList<>();
    for (JsonNode token : json.path("added_tokens")) {
      tokens.add(
          new AddedToken(
              id(token.path("id"), source),
              token.path("content").asString(""),
              token.path("special").asBoolean(false),
              token.path("lstrip").asBoolean(false),
              token.path("rstrip").asBoolean(false)));
    }
    return tokens;
  }

  private static int id(JsonNode id, Path source) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() >= MAXIMUM_VOCABULARY) {
      throw new UserException("The tokenizer of " + source + " has a token without a proper id.");
    }
    return id.intValue();
  }

  private static byte[][] bytes(
      ObjectNode vocabulary, List<AddedToken> tokens, TokenSpelling spelling, Path source) {
    int size = 0;
    for (JsonNode id : vocabulary) {
      size = Math.max(size, id(id, source) + 1);
    }
    size = Math.max(size, tokens.stream().mapToInt(token -> token.id() + 1).max().orElse(0));
    byte[][] bytes = new byte[size][0];
    vocabulary.forEachEntry((token, id) -> bytes[id.intValue()] = spelling.bytes(token));
    for (AddedToken token : tokens) {
      bytes[token.id()] =
          token.special() ? new byte[0] : token.content().getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  /** Leaves only what ordinary text is made of, and with the ids it has. */
  private static void keepOrdinary(
      ObjectNode json, ObjectNode vocabulary, List<AddedToken> tokens) {
    json.putNull("truncation").putNull("padding").putNull("post_processor").putNull("decoder");
    if (json.path("added_tokens") instanceof ArrayNode array) {
      for (int i = tokens.size() - 1; i >= 0; i--) {
        if (tokens.get(i).isMarkup()) {
          array.remove(i);
        } else {
          // The library numbers anew what its vocabulary lacks.
          vocabulary.put(tokens.get(i).content(), tokens.get(i).id());
        }
      }
    }
  }

  @Override
  public int vocabularySize() {
    return bytes.length;
  }

  @Override
  public int[] encode(String text) {
    return encode(added.split(text));
  }

  /**
   * Token ids of a text whose markup has been told from its plain text. Pieces of plain text that
   * follow each other are one text.
   */
  int[] encode(List<Piece> pieces) {
    List<int[]> parts = new ArrayList<>();
    boolean opening = true;
    for (Piece piece : AddedTokens.join(pieces)) {
      parts.add(
          switch (piece) {
            case Piece.Marker(AddedToken token) -> new int[] {token.id()};
            case Piece.Plain(String text) -> encodeOrdinary(prefixSpace.apply(text, opening));
          });
      opening = false;
    }
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Tells markup from plain text, and finds markup by its spelling. */
  AddedTokens addedTokens() {
    return added;
  }

  @Override
  public int[] encodeOrdinary(String text) {
    String clean = withoutLoneSurrogates(text);
    if (spelling == TokenSpelling.BYTE_LEVEL || clean.indexOf(TokenSpelling.SPACE) < 0) {
      return encodePlain(clean);
    }
    // The vocabulary would take the character for a space: so it is spelled in bytes.
    return Arrays.stream(clean.splitWithDelimiters(String.valueOf(TokenSpelling.SPACE), 0))
        .flatMapToInt(part ->
            part.equals(String.valueOf(TokenSpelling.SPACE))
                ? byteTokens(part)
                : Arrays.stream(encodePlain(part)))
        .toArray();
  }

  private IntStream byteTokens(String text) {
    return IntStream.range(0, text.getBytes(StandardCharsets.UTF_8).length)
        .map(i -> text.getBytes(StandardCharsets.UTF_8)[i])
        .flatMap(value ->
            IntStream.range(0, bytes.length)
                .filter(id -> bytes[id].length == 1 && bytes[id][0] == value)
                .limit(1));
  }

  private int[] encodePlain(String text) {
    int[] ids = encodeNatively(text);
    if (Arrays.stream(ids).noneMatch(added::isMarkup)) {
      return ids;
    }
    return added.breakUp(text).stream()
        .flatMapToInt(part -> Arrays.stream(encodeNatively(part)))
        .toArray();
  }

  private int[] encodeNatively(String text) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(library.encode(text, false, false).getIds())
            .mapToInt(Math::toIntExact)
            .toArray();
  }

  private static String withoutLoneSurrogates(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  @Override
  public byte[] bytes(int token) {
    return token >= 0 && token < bytes.length ? bytes[token].clone() : new byte[0];
  }

  @Override
  public void close() {
    library.close();
  }
}
