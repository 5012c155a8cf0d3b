package dev.mallard.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Checks the values of a command's options. */
record Options(CommandLine command) {

  void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      String range =
          most == Integer.MAX_VALUE
              ? "at least %d".formatted(least)
              : "from %d to %d".formatted(least, most);
      throw new ParameterException(
          command, "%s must be %s, and is %d.".formatted(option, range, value));
    }
  }

  void within(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ParameterException(
          command, "%s must be from %s to %s, and is %s.".formatted(option, least, most, value));
    }
  }
}
