package dev.mallard.lsp.request;

import dev.mallard.lsp.work.ModelSource;
import dev.mallard.sandbox.pool.PoolOptions;
import dev.mallard.sandbox.pool.WorkerPool;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The server as a process of its own, with a real sandbox and a model that answers from files. */
final class ScriptedServer {
  private ScriptedServer() {}

  /**
   * Serves over standard input and output.
   *
   * @param arguments a folder for what is shown, and files with the model's answers
   */
  public static void main(String[] arguments) throws Exception {
    List<String> answers = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      answers.add(Files.readString(Path.of(arguments[i])));
    }
    ScriptedModel model = ScriptedModel.answering(answers.toArray(String[]::new));
    ModelSource models = ScriptedModel.source(model);
    PoolOptions options = PoolOptions.DEFAULT.withWorkers(2).withAhead(Set.of());
    LspServer server =
        new LspServer(models, () -> WorkerPool.start(options), Path.of(arguments[0]));
    System.setOut(System.err);
    System.exit(server.serve(System.in, new FileOutputStream(FileDescriptor.out)));
  }

  /** The command that starts it, in the classpath of this process. */
  static List<String> command(Path folder, Path... answers) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedServer.class.getName(),
                folder.toString()));
    for (Path answer : answers) {
      command.add(answer.toString());
    }
    return command;
  }
}
