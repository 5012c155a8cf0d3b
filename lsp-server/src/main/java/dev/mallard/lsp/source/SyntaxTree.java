package dev.mallard.lsp.source;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSParserProgress;
import org.treesitter.TSReader;
import org.treesitter.TSTree;

/** The syntax tree of a text, whole or not. Used by one thread, and closed after that. */
final class SyntaxTree implements AutoCloseable {
  /** A longer text is not read: nobody writes one, and it would keep a client waiting. */
  static final int LONGEST_TEXT = 1 << 20;

  /** Some texts that are no program at all take the parser a time that grows with its square. */
  private static final Duration LONGEST_PARSING = Duration.ofSeconds(2);

  private static final int BUFFER = 1 << 16;

  private final String text;
  private final TSTree tree;

  private SyntaxTree(String text, TSTree tree) {
    this.text = text;
    this.tree = tree;
  }

  /** Parses a text; one that is too long, or takes too long, like an empty one. */
  static SyntaxTree of(TSLanguage language, String text) {
    Optional<TSTree> parsed =
        text.length() > LONGEST_TEXT ? Optional.empty() : parsed(language, likeness(text));
    return parsed
        .map(tree -> new SyntaxTree(text, tree))
        .or(() -> parsed(language, "").map(tree -> new SyntaxTree("", tree)))
        .orElseThrow();
  }

  private static Optional<TSTree> parsed(TSLanguage language, String likeness) {
    // The parser counts in bytes: one of them for each UTF-16 unit makes places the same.
    byte[] bytes = likeness.getBytes(StandardCharsets.US_ASCII);
    TSReader reader =
        (buffer, offset, point) -> {
          int length = Math.clamp(bytes.length - (long) offset, 0, buffer.length);
          System.arraycopy(bytes, Math.min(offset, bytes.length), buffer, 0, length);
          return length;
        };
    long begun = System.nanoTime();
    boolean[] cancelled = {false};
    TSParserProgress progress =
        state -> {
          cancelled[0] |= System.nanoTime() - begun > LONGEST_PARSING.toNanos();
          return cancelled[0];
        };
    try (TSParser parser = new TSParser()) {
      parser.setLanguage(language);
      TSTree tree =
          parser.parseWithOptions(
              new byte[Math.clamp(bytes.length, 1, BUFFER)],
              null,
              reader,
              TSInputEncoding.TSInputEncodingUTF8,
              progress);
      return cancelled[0] ? Optional.empty() : Optional.of(tree);
    }
  }

  /** The text with a letter in place of each character that is not ASCII. */
  private static String likeness(String text) {
    StringBuilder likeness = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean space = character == 0 || isSpace(character);
      likeness.append(space ? ' ' : character < 0x80 ? character : '_');
    }
    return likeness.toString();
  }

  private static boolean isSpace(char character) {
    return character == '\uFEFF' || (character >= 0x80 && Character.isSpaceChar(character));
  }

  /** Whether parts of the text do not parse. */
  boolean hasError() {
    return tree.getRootNode().hasError();
  }

  /** The root of the tree. */
  SyntaxNode root() {
    return SyntaxNode.of(tree.getRootNode(), "", text);
  }

  /** The statements and comments of the top level, also of parts that do not parse. */
  List<SyntaxNode> statements() {
    List<SyntaxNode> statements = new ArrayList<>();
    for (SyntaxNode child : root().children()) {
      if (child.is("ERROR")) {
        statements.addAll(child.named());
      } else if (child.isNamed()) {
        statements.add(child);
      }
    }
    return statements;
  }

  @Override
  public void close() {
    tree.close();
  }
}
