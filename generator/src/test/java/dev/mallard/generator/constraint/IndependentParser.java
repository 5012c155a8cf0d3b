package dev.mallard.generator.constraint;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.sun.source.util.JavacTask;
import dev.mallard.grammars.BuiltInGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** A parser that has nothing to do with the grammars: that of an implementation of the language. */
interface IndependentParser extends AutoCloseable {
  /**
   * Why a program is refused for what its grammar does not say: names, and where some words may
   * stand.
   */
  Pattern unsaid();

  /** What the parser says to a program that it refuses. */
  Optional<String> complaint(String program);

  @Override
  default void close() {}

  /** Whether a program is one, as far as a grammar says. */
  default boolean accepts(String program) {
    return complaint(program).filter(message -> !unsaid().matcher(message).find()).isEmpty();
  }

  /** Of several complaints, the one that a grammar should agree with, if there is one. */
  default Optional<String> worst(List<String> complaints) {
    return complaints.stream()
        .filter(complaint -> !unsaid().matcher(complaint).find())
        .findFirst()
        .or(() -> complaints.stream().findFirst());
  }

  static IndependentParser of(BuiltInGrammar language) {
    return switch (language) {
      case JAVA -> new Javac();
      case JAVASCRIPT -> new GraalJs();
      case PYTHON -> new GraalPy();
      case SQL -> new Sqlite();
    };
  }

  /** javac, which knows all of Java 25. */
  final class Javac implements IndependentParser {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    @Override
    public Pattern unsaid() {
      // Without a type before it, a method is a constructor, and has the name of its class.
      return Pattern.compile(
          "invalid\\.meth\\.decl\\.ret\\.type\\.req|repeated\\.modifier|invalid\\.permits\\.clause"
              + "|record\\.cannot\\.declare\\.instance\\.fields|int\\.number\\.too\\.large"
              + "|mod\\.not\\.allowed\\.here|non\\.sealed");
    }

    @Override
    public Optional<String> complaint(String program) {
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      JavaFileObject file =
          new SimpleJavaFileObject(URI.create("string:///P.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return program;
            }
          };
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, null, diagnostics, List.of("-proc:none"), null, List.of(file));
      try {
        task.parse();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return diagnostics.getDiagnostics().stream()
          .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
          .findFirst()
          .map(found -> found.getCode() + ": " + found.getMessage(Locale.ENGLISH));
    }
  }

  /** JavaParser, which does not know compact source files, but what may be assigned to. */
  final class JavaParserToo implements IndependentParser {
    private final Javac javac = new Javac();
    private final JavaParser parser =
        new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.BLEEDING_EDGE));

    @Override
    public Pattern unsaid() {
      return javac.unsaid();
    }

    @Override
    public Optional<String> complaint(String program) {
      return javac
          .complaint(program)
          .or(() ->
              parser.parse(program).getProblems().stream()
                  .findFirst()
                  .map(problem -> "JavaParser: " + problem.getMessage()));
    }
  }

  /** GraalJS, of a script and of a module. */
  final class GraalJs implements IndependentParser {
    private static final Pattern ERROR = Pattern.compile("^(\\w+: )?p\\.m?js:\\d+");

    private final Context context =
        Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

    @Override
    public Pattern unsaid() {
      return Pattern.compile(
          "(?i)label|super|strict mode|already been declared|redeclar"
              + "|out of order|illegal (break|continue)|new\\.target|private|capture group|group name"
              + "|duplicate|octal|found (static|implements|interface|package|protected|public)\\b");
    }

    @Override
    public Optional<String> complaint(String program) {
      Optional<String> first = parse(program, "p.js", "application/javascript");
      if (first.isEmpty()) {
        return first;
      }
      Optional<String> second = parse(program, "p.mjs", "application/javascript+module");
      // If it may be a module, the script's complaint says nothing.
      return second.isEmpty() || program.contains("import") || program.contains("export")
          ? second
          : first;
    }

    private Optional<String> parse(String program, String name, String type) {
      try {
        context.parse(Source.newBuilder("js", program, name).mimeType(type).build());
        return Optional.empty();
      } catch (PolyglotException e) {
        return worst(
            String.valueOf(e.getMessage())
                .lines()
                .filter(line -> ERROR.matcher(line).find())
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      context.close();
    }
  }

  /** GraalPy's {@code compile}. */
  final class GraalPy implements IndependentParser {
    private final Context context =
        Context.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
    private final Value compile =
        context.eval(
            "python",
            """
            import warnings
            warnings.simplefilter('ignore')
            def complaint(program):
                try:
                    compile(program, 'p', 'exec')
                    return ''
                except (SyntaxError, ValueError) as e:
                    return type(e).__name__ + ': ' + str(e)
            complaint
            """);

    @Override
    public Pattern unsaid() {
      return Pattern.compile(
          "duplicate argument|repeated|global|nonlocal|unicode error|\\bbinds?\\b|unreachable"
              + "|multiple assignments|__debug__|allowed at module level|asynchronous comprehension"
              + "|comprehension iterable|cannot be used within|statically nested|__future__|truncated");
    }

    @Override
    public Optional<String> complaint(String program) {
      return Optional.of(compile.execute(program).asString()).filter(message -> !message.isEmpty());
    }

    @Override
    public void close() {
      context.close();
    }
  }

  /** SQLite, which prepares each statement. */
  final class Sqlite implements IndependentParser {
    private static final Pattern QUOTED_OR_END =
        Pattern.compile(
            "'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]|--[^\n]*|/\\*.*?\\*/|;", Pattern.DOTALL);

    /** The driver cannot prepare nothing. */
    private static final Pattern BLANK =
        Pattern.compile("(?:\\s|--[^\n]*|/\\*.*?\\*/|;)*", Pattern.DOTALL);

    private final Connection connection = connect();

    private static Connection connect() {
      try {
        return DriverManager.getConnection("jdbc:sqlite::memory:");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Pattern unsaid() {
      return Pattern.compile(
          "^(?!.*(syntax error|incomplete input|unrecognized token))", Pattern.DOTALL);
    }

    @Override
    public Optional<String> complaint(String program) {
      // A statement is prepared at a time.
      Matcher matcher = QUOTED_OR_END.matcher(program);
      List<String> complaints = new ArrayList<>();
      int from = 0;
      while (matcher.find()) {
        if (matcher.group().equals(";")) {
          prepare(program.substring(from, matcher.end())).ifPresent(complaints::add);
          from = matcher.end();
        }
      }
      prepare(program.substring(from)).ifPresent(complaints::add);
      return worst(complaints);
    }

    private Optional<String> prepare(String statement) {
      if (BLANK.matcher(statement).matches()) {
        return Optional.empty();
      }
      try (PreparedStatement prepared = connection.prepareStatement(statement)) {
        prepared.clearParameters();
        return Optional.empty();
      } catch (SQLException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
