package dev.mallard.lsp.source;

import java.util.ArrayList;
import java.util.List;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSTree;

/** The syntax tree of a text, whole or not. Used by one thread, and closed after that. */
final class SyntaxTree implements AutoCloseable {
  /** A longer text is not read: nobody writes one, and it would keep a client waiting. */
  static final int LONGEST_TEXT = 1 << 20;

  private final String text;
  private final TSTree tree;

  private SyntaxTree(String text, TSTree tree) {
    this.text = text;
    this.tree = tree;
  }

  /** Parses a text; one that is too long like an empty one. */
  static SyntaxTree of(TSLanguage language, String text) {
    String read = text.length() > LONGEST_TEXT ? "" : text;
    try (TSParser parser = new TSParser()) {
      parser.setLanguage(language);
      // The parser counts in bytes: one of them for each UTF-16 unit makes places the same.
      return new SyntaxTree(read, parser.parseString(null, likeness(read)));
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
