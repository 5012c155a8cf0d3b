package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.lsp.request.LspServer;
import dev.mallard.lsp.work.ModelSource;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves an editor. */
@Command(
    name = "lsp",
    description =
        "Serves an editor by the Language Server Protocol, over standard input and output.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class LspCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "Wait for one editor on this port of this machine alone, instead of standard input and"
              + " output; 0 for a free one, which is told on standard error.")
  private Optional<Integer> port = Optional.empty();

  LspCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder =
        services.cache().resolve("lsp").resolve(Long.toString(ProcessHandle.current().pid()));
    LspServer server = new LspServer(models(model.choice()), services.sandboxes(), folder);
    if (port.isEmpty()) {
      // What anything else might print is no part of the protocol.
      System.setOut(System.err);
      return server.serve(System.in, new FileOutputStream(FileDescriptor.out));
    }
    new Options(spec.commandLine()).within("--port", port.get(), 0, HIGHEST_PORT);
    try (ServerSocket listening = listen(port.get())) {
      services.console().message("Listening on port %d.".formatted(listening.getLocalPort()));
      try (Socket editor = listening.accept()) {
        editor.setTcpNoDelay(true);
        return server.serve(editor.getInputStream(), editor.getOutputStream());
      }
    }
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UserException(
          "Port %d cannot be listened on (%s): name another with --port."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /** The model of the command line, but for what the editor's settings name. */
  private ModelSource models(ModelOpener.Choice choice) {
    return new ModelSource() {
      @Override
      public LanguageModel open(Wish wish, Consumer<String> progress) throws InterruptedException {
        return services
            .models()
            .open(
                new ModelOpener.Choice(
                    wish.name().or(choice::name),
                    wish.endpoint().or(choice::endpoint),
                    choice.yes(),
                    choice.engine()),
                console(progress));
      }

      @Override
      public boolean canBeHeld(Wish wish) {
        return wish.endpoint().or(choice::endpoint).isEmpty();
      }
    };
  }

  /** A console whose messages go to an editor, where nobody can be asked. */
  private static Console console(Consumer<String> progress) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream lines = new PrintStream(new Lines(progress), true, StandardCharsets.UTF_8);
    return new Console(nowhere, lines, false, false, false);
  }

  /** Tells each line that is written. */
  private static final class Lines extends OutputStream {
    private final Consumer<String> told;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> told) {
      this.told = told;
    }

    @Override
    public synchronized void write(int value) {
      if (value != '\n') {
        line.write(value);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (!text.isEmpty()) {
        told.accept(text);
      }
    }
  }
}
