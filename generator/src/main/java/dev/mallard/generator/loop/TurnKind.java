package dev.mallard.generator.loop;

/** What a turn asks the model for. */
public enum TurnKind {
  /** Nothing: the program is the user's. */
  GIVEN,
  /** A program from the problem alone. */
  FRESH,
  /** A better version of the best programs so far, from what happened when they ran. */
  REPAIR
}
