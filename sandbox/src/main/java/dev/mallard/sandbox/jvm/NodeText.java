package dev.mallard.sandbox.jvm;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.Node;
import java.util.ArrayList;
import java.util.List;

/** Finds the text of parsed nodes in their source. */
final class NodeText {
  private final String source;
  private final List<Integer> lineStarts = new ArrayList<>();

  NodeText(String source) {
    this.source = source;
    lineStarts.add(0);
    for (int index = 0; index < source.length(); index++) {
      char character = source.charAt(index);
      boolean endsLine =
          character == '\n'
              || (character == '\r'
                  && (index + 1 == source.length() || source.charAt(index + 1) != '\n'));
      if (endsLine) {
        lineStarts.add(index + 1);
      }
    }
  }

  String of(Node node) {
    Range range = node.getRange().orElseThrow();
    return source.substring(offset(range.begin), offset(range.end) + 1);
  }

  int start(Node node) {
    return offset(node.getRange().orElseThrow().begin);
  }

  private int offset(Position position) {
    return lineStarts.get(position.line - 1) + position.column - 1;
  }
}
