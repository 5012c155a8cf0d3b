package dev.mallard.generator.catalogue;

/** Asks the user whether something costly may be done. */
@FunctionalInterface
public interface Confirmation {
  /** Everything may be done. */
  Confirmation YES = question -> Answer.YES;

  /** There is no terminal. */
  Confirmation NOBODY = question -> Answer.NOBODY;

  /** Asks a question that can be answered with yes or no. */
  Answer ask(String question);

  /** What came of asking. */
  enum Answer {
    YES,
    NO,
    /** There was nobody to ask. */
    NOBODY
  }
}
