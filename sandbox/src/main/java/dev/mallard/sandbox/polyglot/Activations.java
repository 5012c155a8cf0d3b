package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import dev.mallard.sandbox.polyglot.Activation.Kind;
import dev.mallard.sandbox.polyglot.ObservedProgram.Function;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what it is that runs, from how the languages' engines name it. */
final class Activations {
  private static final Set<String> COMPREHENSIONS =
      Set.of("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>");

  private final ObservedProgram program;

  Activations(ObservedProgram program) {
    this.program = program;
  }

  /**
   * What has been entered.
   *
   * @param event an event in it
   * @param section the text of what has been entered
   * @param caller what ran before, if something did
   */
  Activation of(
      EventContext event,
      SourceSection section,
      MaterializedFrame frame,
      Optional<Activation> caller) {
    RootNode root = event.getInstrumentedNode().getRootNode();
    String name = Optional.ofNullable(root.getName()).orElse("");
    int begin = section.getStartLine();
    Optional<Function> function = program.function(name, begin);
    Kind kind =
        switch (name) {
          case "<module>", ":program" -> Kind.PROGRAM;
          case ":initializer" -> Kind.PART;
          default ->
              COMPREHENSIONS.contains(name)
                  ? Kind.HIDDEN
                  : function.map(Function::isClass).orElse(false)
                          || isBodyOf(caller, name, section)
                      ? Kind.PART
                      : Kind.FUNCTION;
        };
    ParameterNames parameters =
        kind == Kind.FUNCTION && function.isEmpty()
            ? ParameterNames.in(section.getCharacters().toString())
            : new ParameterNames(List.of(), 0);
    return new Activation(
        root,
        section,
        frame,
        event.getInstrumentedNode(),
        kind,
        displayName(name),
        function.map(Function::line).orElseGet(() -> program.programLine(begin)),
        function.map(Function::parameters).orElseGet(parameters::names),
        parameters.end() == 0 ? 0 : section.getCharIndex() + parameters.end());
  }

  /** JavaScript's asynchronous functions run their bodies as functions of the same name. */
  private static boolean isBodyOf(
      Optional<Activation> caller, String name, SourceSection section) {
    return section.getCharacters().toString().startsWith("{")
        || caller
            .filter(outer -> outer.currentLine == 0 && name.equals(outer.root.getName()))
            .map(outer -> liesIn(section, outer.section))
            .orElse(false);
  }

  private static boolean liesIn(SourceSection inner, SourceSection outer) {
    return outer.getCharIndex() < inner.getCharIndex()
        && inner.getCharEndIndex() <= outer.getCharEndIndex();
  }

  private static String displayName(String name) {
    return switch (name) {
      case "" -> "(anonymous)";
      case ":program" -> "<program>";
      default -> name.startsWith(":") ? "(anonymous)" : name;
    };
  }
}
