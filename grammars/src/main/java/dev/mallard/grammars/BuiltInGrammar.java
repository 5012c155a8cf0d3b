package dev.mallard.grammars;

import dev.mallard.grammars.parse.Grammar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The languages whose grammars come with Mallard. */
public enum BuiltInGrammar {
  /** Java 25. */
  JAVA("java"),
  /** ECMAScript 2024, scripts and modules. */
  JAVASCRIPT("javascript"),
  /** Python 3.12. */
  PYTHON("python"),
  /** SQLite's SELECT family. */
  SQL("sql");

  private final String file;

  BuiltInGrammar(String file) {
    this.file = file + ".lark";
  }

  /** The grammar as it is written. */
  public String text() {
    try (InputStream stream = BuiltInGrammar.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The grammar as something that can be handed on. */
  public GrammarSource source() {
    return new GrammarSource(text(), GrammarSource.Notation.CHECKED_LARK);
  }

  /** The grammar, made anew: it is not for several threads at once. */
  public Grammar compile() {
    return source().compile();
  }
}
