package dev.mallard.cli;

import dev.mallard.generator.UserException;
import dev.mallard.generator.feedback.ProgramExplainer;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.problem.TextFile;
import dev.mallard.generator.prompt.VisibleText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a program, line by line. */
@Command(
    name = "explain",
    description = "Explains a program line by line; nothing is run.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // Picocli sets the fields.
final class ExplainCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The program, in any language.")
  private Path file;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(names = "--max-tokens", paramLabel = "N", description = "Longest explanation, in tokens.")
  private int maxTokens = LoopSettings.DEFAULT.maxTokens();

  ExplainCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    new Options(spec.commandLine()).within("--max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    String program = TextFile.read(file);
    if (program.isBlank()) {
      throw new UserException("%s is empty: there is nothing to explain.".formatted(file));
    }
    Console console = services.console();
    try (LanguageModel languageModel = services.models().open(model.choice(), console)) {
      new ProgramExplainer(languageModel)
          .explain(
              file.getFileName().toString(),
              program,
              maxTokens,
              text -> {
                console.out().print(VisibleText.of(text));
                console.out().flush();
              });
      console.out().println();
      console.out().flush();
    }
    return ExitCode.SUCCESS;
  }
}
