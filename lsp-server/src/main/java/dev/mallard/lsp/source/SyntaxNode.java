package dev.mallard.lsp.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.treesitter.TSNode;
import org.treesitter.TSTreeCursor;

/** A node of a {@link SyntaxTree}, to be used while that is open. */
final class SyntaxNode {
  private final TSNode node;
  private final String text;
  private final String type;
  private final String field;
  private final Span span;
  private Optional<List<SyntaxNode>> children = Optional.empty();

  private SyntaxNode(TSNode node, String field, String text) {
    this.node = node;
    this.field = field;
    this.text = text;
    this.type = node.getType();
    int start = Math.min(node.getStartByte(), text.length());
    this.span = new Span(start, Math.clamp(node.getEndByte(), start, text.length()));
  }

  /**
   * A node.
   *
   * @param field what it is to its parent, or empty
   * @param text the whole text
   */
  static SyntaxNode of(TSNode node, String field, String text) {
    return new SyntaxNode(node, field, text);
  }

  String type() {
    return type;
  }

  boolean is(String... types) {
    return Set.of(types).contains(type);
  }

  boolean isNamed() {
    return node.isNamed();
  }

  Span span() {
    return span;
  }

  int start() {
    return span.start();
  }

  int end() {
    return span.end();
  }

  String text() {
    return span.of(text);
  }

  /** All its children, punctuation among them. */
  List<SyntaxNode> children() {
    if (children.isEmpty()) {
      List<SyntaxNode> found = new ArrayList<>();
      try (TSTreeCursor cursor = new TSTreeCursor(node)) {
        boolean more = cursor.gotoFirstChild();
        while (more) {
          String name = Objects.requireNonNullElse(cursor.currentFieldName(), "");
          found.add(new SyntaxNode(cursor.currentNode(), name, text));
          more = cursor.gotoNextSibling();
        }
      }
      children = Optional.of(Collections.unmodifiableList(found));
    }
    return children.get();
  }

  /** Its children that are no punctuation. */
  List<SyntaxNode> named() {
    return children().stream().filter(SyntaxNode::isNamed).toList();
  }

  /** Its children that are neither punctuation nor comments. */
  List<SyntaxNode> parts() {
    return children().stream().filter(child -> child.isNamed() && !child.is("comment")).toList();
  }

  /** The only one of its parts. */
  Optional<SyntaxNode> onlyPart() {
    List<SyntaxNode> parts = parts();
    return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
  }

  /** The child that is this to it. */
  Optional<SyntaxNode> child(String name) {
    return children().stream().filter(child -> child.field.equals(name)).findFirst();
  }

  /** The first child of a type. */
  Optional<SyntaxNode> first(String... types) {
    return children().stream().filter(child -> child.is(types)).findFirst();
  }

  /** Whether a child has this type. */
  boolean has(String... types) {
    return first(types).isPresent();
  }

  /**
   * The nodes in it of which something holds, in order; those in such nodes are not looked at.
   *
   * @param deeper whether to look for others in a node
   */
  List<SyntaxNode> find(Predicate<SyntaxNode> wanted, Predicate<SyntaxNode> deeper) {
    List<SyntaxNode> found = new ArrayList<>();
    Deque<SyntaxNode> pending = new ArrayDeque<>();
    pending.push(this);
    while (!pending.isEmpty()) {
      SyntaxNode next = pending.pop();
      if (wanted.test(next)) {
        found.add(next);
      } else if (deeper.test(next)) {
        next.children().reversed().forEach(pending::push);
      }
    }
    return found;
  }
}
