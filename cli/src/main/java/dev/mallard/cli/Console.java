package dev.mallard.cli;

import dev.mallard.generator.prompt.VisibleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The streams that the user sees, and what is at their other end.
 *
 * @param out results
 * @param err messages, progress and questions
 * @param outIsTerminal whether {@code out} is shown as it comes
 * @param interactive whether somebody can be asked: input and {@code err} are a terminal
 * @param colour whether {@code out} takes ANSI colours
 */
public record Console(
    PrintStream out, PrintStream err, boolean outIsTerminal, boolean interactive, boolean colour) {

  /**
   * Set by the launcher: which of the descriptors 0, 1 and 2 are terminals, such as {@code 12}.
   * Java itself can only say whether all are.
   */
  private static final String TERMINALS = "mallard.terminals";

  /** The console of this process, in UTF-8. */
  static Console ofProcess(Map<String, String> environment) {
    String terminals = System.getProperty(TERMINALS, "");
    boolean outIsTerminal = terminals.contains("1");
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        outIsTerminal,
        terminals.contains("0") && terminals.contains("2"),
        outIsTerminal && !plain);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    OutputStream raw = new FileOutputStream(descriptor);
    return new PrintStream(raw, true, StandardCharsets.UTF_8);
  }

  /** Prints a message on {@code err}, with what could drive the terminal made visible. */
  public void message(String text) {
    err.println(VisibleText.of(text));
  }
}
