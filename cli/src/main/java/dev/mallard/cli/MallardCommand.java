package dev.mallard.cli;

import dev.mallard.cli.models.ModelsCommand;
import dev.mallard.generator.UserException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command, and how all commands report what went wrong. */
@Command(
    name = "mallard",
    description = "Writes programs that pass their tests, with a language model on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = MallardCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class MallardCommand {
  private static final Logger LOG = LoggerFactory.getLogger(MallardCommand.class);

  private MallardCommand() {}

  /** The command line with all its commands. */
  static CommandLine create(Services services) {
    Console console = services.console();
    CommandLine root = new CommandLine(new MallardCommand());
    root.addSubcommand("solve", new SolveCommand(services));
    root.addSubcommand("debug", new DebugCommand(services));
    root.addSubcommand("complete", new CompleteCommand(services));
    root.addSubcommand("translate", new TranslateCommand(services));
    root.addSubcommand("explain", new ExplainCommand(services));
    root.addSubcommand("replay", new ReplayCommand(services));
    root.addSubcommand("run", new RunCommand(services));
    root.addSubcommand("sql", new SqlCommand(services));
    root.addSubcommand("bench", BenchCommand.create(services));
    root.addSubcommand("bench-model", new BenchModelCommand(services));
    root.addSubcommand("models", new ModelsCommand());
    root.addSubcommand("memory", new MemoryCommand(services));
    root.addSubcommand("lsp", new LspCommand(services));
    root.addSubcommand("doctor", new DoctorCommand(services));
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion
        .getCommandSpec()
        .usageMessage()
        .description("Prints a completion script for bash and zsh; source it.");
    root.addSubcommand("completion", completion);
    root.setOut(writer(console.out()));
    root.setErr(writer(console.err()));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    root.setParameterExceptionHandler((e, arguments) -> wrongUsage(e, console));
    root.setExecutionExceptionHandler((e, line, parsed) -> failed(e, services));
    root.setExecutionStrategy(parsed -> {
      if (!parsed.hasSubcommand()
          && !parsed.isUsageHelpRequested()
          && !parsed.isVersionHelpRequested()) {
        throw new ParameterException(root, "Say what to do, such as solve FILE.");
      }
      return new CommandLine.RunLast().execute(parsed);
    });
    return root;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private static int wrongUsage(ParameterException e, Console console) {
    String message = message(e).strip();
    console.message(message.endsWith(".") || message.endsWith("?") ? message : message + ".");
    console.message(
        "See '%s --help'.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      List<String> suggestions = unmatched.getSuggestions();
      return "'%s' is not understood%s."
          .formatted(
              unmatched.getUnmatched().getFirst(),
              suggestions.isEmpty()
                  ? ""
                  : "; perhaps %s".formatted(String.join(" or ", suggestions)));
    }
    return Optional.ofNullable(e.getMessage()).orElse("Wrong usage.");
  }

  /** Says what went wrong in one sentence; the stack trace goes to the log. */
  static int failed(Throwable e, Services services) {
    Console console = services.console();
    if (e instanceof UserException) {
      LOG.debug("bad input", e);
      console.message(Optional.ofNullable(e.getMessage()).orElse("Bad input."));
      return ExitCode.USAGE;
    }
    if (e instanceof InterruptedException) {
      console.message("Stopped.");
      return ExitCode.INTERRUPTED;
    }
    LOG.error("internal error", e);
    console.message(
        "Mallard itself failed (%s); the details are in %s."
            .formatted(
                Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()),
                LogFile.current(services.cache())));
    return ExitCode.INTERNAL;
  }

  /** The version in the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MallardCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "mallard " + Optional.ofNullable(version).orElse("(built without a version)"),
        "Java " + Runtime.version()
      };
    }
  }
}
