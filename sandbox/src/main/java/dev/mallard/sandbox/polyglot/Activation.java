package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A function that runs, as far as a {@link Tracer} has followed it. */
final class Activation {
  /** What is told of an activation. */
  enum Kind {
    /** That it was called, its lines, and how it ended. */
    FUNCTION,
    /** Its lines: part of what surrounds it, such as the body of a class. */
    PART,
    /** Its lines, and the exception that left it: the program itself. */
    PROGRAM,
    /** Nothing: part of a line of what surrounds it, such as a comprehension. */
    HIDDEN
  }

  /** A variable as last seen. */
  record Seen(Object value, String text) {}

  final RootNode root;
  final SourceSection section;
  final Kind kind;
  final String name;
  final int line;
  final List<String> parameters;

  /** Where in the source its parameters end: what is before that is no statement of it. */
  final int body;

  final Map<String, Seen> variables = new HashMap<>();
  MaterializedFrame frame;

  /** The place last reached, from where variables are looked up. */
  Node node;

  /** The line that is being executed; 0 before the first. */
  int currentLine;

  /** Whether something that is no line of the program has come after the line. */
  boolean lineEnded;

  /** Whether it has been told that this was called. */
  boolean announced;

  /** Whether it goes on without having been called again, and will not return. */
  boolean resumed;

  Activation(
      RootNode root,
      SourceSection section,
      MaterializedFrame frame,
      Node node,
      Kind kind,
      String name,
      int line,
      List<String> parameters,
      int body) {
    this.root = root;
    this.section = section;
    this.frame = frame;
    this.node = node;
    this.kind = kind;
    this.name = name;
    this.line = line;
    this.parameters = parameters;
    this.body = body;
  }
}
