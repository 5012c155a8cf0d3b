package dev.mallard.cli;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.transcript.Recording;
import dev.mallard.generator.transcript.TranscriptReader;
import dev.mallard.generator.transcript.Verification;
import dev.mallard.generator.transcript.Verifier;
import dev.mallard.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a search that was written to a file, and checks it. */
@Command(
    name = "replay",
    description = "Shows a search again that --transcript has written, without a model.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class ReplayCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(paramLabel = "FILE", description = "The transcript.")
  private Path file;

  @Option(
      names = "--verify",
      description = "Run its programs again, and say which verdicts are others now.")
  private boolean verify;

  @Option(
      names = "--json",
      description = "Print one JSON object per line for everything that happened.")
  private boolean json;

  @Mixin private LanguageOptions languages = new LanguageOptions();

  ReplayCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = services.console();
    Recording recording = TranscriptReader.read(file, languages.languages());
    Consumer<Event> view = json ? new JsonEvents(console.out()) : new LiveView(console);
    recording.events().forEach(view);
    recording
        .cutLine()
        .ifPresent(line ->
            console.message(
                "%s:%d: the line is not whole, and is left out.".formatted(file, line)));
    if (!recording.ended()) {
      console.message(
          "%s does not say how the search ended: it broke off, or goes on.".formatted(file));
    }
    if (!verify) {
      return ExitCode.SUCCESS;
    }
    Verification verification;
    try (Sandbox sandbox = services.sandboxes().get()) {
      verification = Verifier.verify(recording, sandbox);
    }
    VerificationView.show(verification, console, json);
    return verification.differences().isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }
}
