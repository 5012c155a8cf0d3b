package dev.mallard.cli.models;

import dev.mallard.generator.catalogue.Confirmation;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Asks on the terminal; without one, there is nobody to ask. */
public final class ConsoleConfirmation implements Confirmation {
  private static final Set<String> YES_WORDS = Set.of("y", "yes");

  /** Asks, or does not where the user has said yes to everything. */
  public static Confirmation unless(boolean yes) {
    return yes ? Confirmation.YES : new ConsoleConfirmation();
  }

  @Override
  public Answer ask(String question) {
    return Terminal.console()
        .map(console -> Objects.requireNonNullElse(console.readLine("%s [y/N] ", question), ""))
        .map(line -> line.strip().toLowerCase(Locale.ROOT))
        .map(line -> YES_WORDS.contains(line) ? Answer.YES : Answer.NO)
        .orElse(Answer.NOBODY);
  }
}
