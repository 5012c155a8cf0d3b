package dev.mallard.generator.problem;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.sandbox.CommandLanguage;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.ProgramLanguage;
import java.util.List;
import java.util.Optional;

/**
 * A programming language that Mallard writes programs in.
 *
 * @param displayName what people call it
 * @param labels what fenced code blocks call it, in small letters; the first is what Mallard writes
 * @param extensions what names of its files end in, without the dot, in small letters
 * @param comments how its comments are written
 * @param grammar its grammar, if there is one
 * @param guestLanguage what the sandbox runs it as
 */
public record Language(
    String displayName,
    List<String> labels,
    List<String> extensions,
    Comments comments,
    Optional<GrammarSource> grammar,
    ProgramLanguage guestLanguage) {
  /** Python. */
  public static final Language PYTHON =
      new Language(
          "Python",
          List.of("python", "py", "python3"),
          List.of("py"),
          new Comments(Optional.of("#"), Optional.empty()),
          Optional.of(BuiltInGrammar.PYTHON.source()),
          GuestLanguage.PYTHON);

  /** Java. */
  public static final Language JAVA =
      new Language(
          "Java",
          List.of("java"),
          List.of("java"),
          new Comments(Optional.of("//"), Optional.of(new Comments.Block("/*", "*/"))),
          Optional.of(BuiltInGrammar.JAVA.source()),
          GuestLanguage.JAVA);

  /** JavaScript. */
  public static final Language JAVASCRIPT =
      new Language(
          "JavaScript",
          List.of("javascript", "js"),
          List.of("js", "mjs", "cjs"),
          new Comments(Optional.of("//"), Optional.of(new Comments.Block("/*", "*/"))),
          Optional.of(BuiltInGrammar.JAVASCRIPT.source()),
          GuestLanguage.JAVASCRIPT);

  /** Queries in SQLite's dialect; no problem file is in it, as a query alone has no tests. */
  public static final Language SQL =
      new Language(
          "SQL",
          List.of("sql", "sqlite"),
          List.of("sql"),
          new Comments(Optional.of("--"), Optional.of(new Comments.Block("/*", "*/"))),
          Optional.of(BuiltInGrammar.SQL.source()),
          GuestLanguage.SQL);

  public Language {
    labels = List.copyOf(labels);
    extensions = List.copyOf(extensions);
    if (labels.isEmpty() || extensions.isEmpty()) {
      throw new IllegalArgumentException("a language has a label and an extension");
    }
  }

  /** What fenced code blocks call it. */
  public String label() {
    return labels.getFirst();
  }

  /** Whether its tests are exchanges of standard input and output, and no statements. */
  public boolean isTestedByExchanges() {
    return guestLanguage instanceof CommandLanguage;
  }
}
