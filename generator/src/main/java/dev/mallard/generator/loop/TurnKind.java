package dev.mallard.generator.loop;

/** What a turn asks the model for. */
public enum TurnKind {
  /** A program from the problem alone. */
  FRESH,
  /** A better version of the best program so far, from what happened when it ran. */
  REPAIR
}
