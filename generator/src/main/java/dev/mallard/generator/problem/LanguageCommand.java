package dev.mallard.generator.problem;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mallard.sandbox.CommandLanguage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads how the programs of a user's language are run. */
final class LanguageCommand {
  /** Where a command without a path is looked for when it is run, too. */
  private static final List<String> SEARCH_PATH = List.of("/usr/local/bin", "/usr/bin", "/bin");

  /** Where programs see something else than what is there. */
  private static final List<String> OWN =
      List.of("/dev", "/jdk", "/language", "/proc", "/program", "/tmp");

  private final Path folder;
  private final TomlTable run;

  LanguageCommand(Path folder, TomlTable run) {
    this.folder = folder;
    this.run = run.only(Set.of("command", "readable", "syntax-error-exit", "error"));
  }

  CommandLanguage read(String name, String programName) {
    return new CommandLanguage(
        name,
        folder,
        programName,
        command(),
        run.texts("readable").orElse(List.of()).stream().map(this::readable).toList(),
        run.text("error").map(this::error),
        run.number("syntax-error-exit", 1, 255));
  }

  private List<String> command() {
    List<String> command =
        run.texts("command")
            .orElseThrow(() ->
                run.missing(
                    "command", "command = [\"...\", \"%s\"]".formatted(CommandLanguage.PROGRAM)));
    if (command.stream().noneMatch(argument -> argument.contains(CommandLanguage.PROGRAM))) {
      throw run.wrong(
          "command",
          "\"command\" must have %s, the file of the program, in an argument"
              .formatted(CommandLanguage.PROGRAM));
    }
    for (String argument : command) {
      if (argument.contains(CommandLanguage.JAVA) && !argument.equals(CommandLanguage.JAVA)) {
        throw run.wrong(
            "command", "%s must be an argument of its own".formatted(CommandLanguage.JAVA));
      }
    }
    if (!isThere(command.getFirst())) {
      throw run.wrong(
          "command",
          "there is no command %s: give its path, or one that begins with %s"
              .formatted(command.getFirst(), CommandLanguage.LANGUAGE));
    }
    return command;
  }

  private boolean isThere(String command) {
    if (command.equals(CommandLanguage.JAVA)) {
      return true;
    }
    Path path = Path.of(command.replace(CommandLanguage.LANGUAGE, folder.toString()));
    Stream<Path> places =
        command.contains("/")
            ? Stream.of(path).filter(Path::isAbsolute)
            : SEARCH_PATH.stream().map(place -> Path.of(place, command));
    return places.anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  private Path readable(String text) {
    Path path = Path.of(text).normalize();
    if (!path.isAbsolute() || !Files.isReadable(path)) {
      throw run.wrong(
          "readable", "\"%s\" is no absolute path of something to read".formatted(text));
    }
    if (path.getNameCount() == 0 || OWN.stream().anyMatch(path::startsWith)) {
      throw run.wrong(
          "readable", "%s cannot be shown to programs: put it elsewhere".formatted(text));
    }
    return path;
  }

  private Pattern error(String text) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw run.wrong(
          "error", "\"error\" is no regular expression: %s".formatted(e.getDescription()));
    }
    Set<String> groups = pattern.namedGroups().keySet();
    if (!groups.contains("line") && !groups.contains("message")) {
      throw run.wrong("error", "\"error\" must have a group (?<line>...) or (?<message>...)");
    }
    return pattern;
  }
}
