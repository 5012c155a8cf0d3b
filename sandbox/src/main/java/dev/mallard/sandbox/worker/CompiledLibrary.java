package dev.mallard.sandbox.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Python's library in a folder, with the modules that programs use most compiled to bytecode: a
 * program may not write such files, and so would compile each module that it imports.
 */
final class CompiledLibrary {
  private static final String RESOURCE_PATH = "polyglot.engine.resourcePath";

  private CompiledLibrary() {}

  /** Makes the library in a folder that does not yet exist. */
  static void make(Path folder) throws IOException {
    Engine.copyResources(folder, "python", "regex");
    System.setProperty(RESOURCE_PATH, folder.toString());
    // Trusted, because it runs nothing but this one script.
    try (Context context =
        Context.newBuilder("python")
            .allowIO(IOAccess.ALL)
            .allowExperimentalOptions(true)
            .option("python.DontWriteBytecodeFlag", "false")
            .build()) {
      context.eval("python", script());
    }
  }

  /** The option that makes a worker use the library. */
  static String option(Path folder) {
    return "-D" + RESOURCE_PATH + "=" + folder;
  }

  private static String script() {
    try (InputStream in = CompiledLibrary.class.getResourceAsStream("compile_library.py")) {
      if (in == null) {
        throw new IllegalStateException("The sandbox is built without compile_library.py");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
