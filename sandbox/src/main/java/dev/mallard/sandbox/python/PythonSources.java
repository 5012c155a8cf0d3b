package dev.mallard.sandbox.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Source;

/** Makes sources for the Python engine. */
final class PythonSources {
  static final String LANGUAGE = "python";

  /** The name under which tracebacks know the user's program. */
  static final String PROGRAM = "program.py";

  /** The name under which tracebacks know the tests. */
  static final String TESTS = "tests.py";

  private static final Map<String, Source> RESOURCES = new ConcurrentHashMap<>();

  private PythonSources() {}

  /** A part of the sandbox: the engine keeps its compiled form for all contexts. */
  static Source resource(String name) {
    return RESOURCES.computeIfAbsent(name, PythonSources::read);
  }

  private static Source read(String name) {
    try (InputStream in = PythonSources.class.getResourceAsStream(name + ".py")) {
      if (in == null) {
        throw new IllegalStateException("The sandbox is built without " + name + ".py");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Source.newBuilder(LANGUAGE, text, "mallard/" + name + ".py").buildLiteral();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text that runs once: the engine forgets it. */
  static Source once(String text, String name) {
    return Source.newBuilder(LANGUAGE, text, name).cached(false).buildLiteral();
  }
}
