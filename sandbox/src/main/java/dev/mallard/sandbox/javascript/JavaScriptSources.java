package dev.mallard.sandbox.javascript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Source;

/** Makes sources for the JavaScript engine. */
final class JavaScriptSources {
  static final String LANGUAGE = "js";

  /** The name under which stack traces know the user's program. */
  static final String PROGRAM = "program.js";

  /** The name under which stack traces know the tests. */
  static final String TESTS = "tests.js";

  private JavaScriptSources() {}

  /** Part of the sandbox: the engine keeps its compiled form for all contexts. */
  static Source resource(String name) {
    try (InputStream in = JavaScriptSources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The sandbox is built without " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Source.newBuilder(LANGUAGE, text, "mallard/" + name).internal(true).buildLiteral();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text that runs once: the engine forgets it. */
  static Source once(String text, String name) {
    return Source.newBuilder(LANGUAGE, text, name).cached(false).buildLiteral();
  }
}
