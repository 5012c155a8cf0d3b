package dev.mallard.sandbox;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A language whose programs a command runs, and whose tests are exchanges of standard input and
 * output.
 *
 * <p>In the arguments of the command {@link #PROGRAM} stands for the file of the program and {@link
 * #LANGUAGE} for the folder of the language. An argument that is {@link #JAVA} stands for a Java
 * launcher with the options that hold it to the limits.
 *
 * @param name what people call it
 * @param folder what the command may read besides the programs and libraries of the system
 * @param programName the name of the file that a program is in
 * @param command the command and its arguments
 * @param readable more files and folders that it may read, at their own absolute paths
 * @param error finds an error in a line of standard error: its group {@code line} is a line of the
 *     program, its group {@code message} what is wrong; it may lack either
 * @param syntaxErrorExit the exit code that says that a program does not parse
 */
public record CommandLanguage(
    String name,
    Path folder,
    String programName,
    List<String> command,
    List<Path> readable,
    Optional<Pattern> error,
    OptionalInt syntaxErrorExit)
    implements ProgramLanguage {
  public static final String PROGRAM = "{program}";
  public static final String LANGUAGE = "{language}";
  public static final String JAVA = "{java}";

  public CommandLanguage {
    command = List.copyOf(command);
    readable = List.copyOf(readable);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command has at least one argument");
    }
    if (!folder.isAbsolute() || !readable.stream().allMatch(Path::isAbsolute)) {
      throw new IllegalArgumentException("folder and readable are absolute paths");
    }
  }
}
