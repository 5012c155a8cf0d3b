package dev.mallard.cli;

/**
 * What a check of this machine found.
 *
 * @param status whether Mallard can work with it
 * @param detail what is there
 * @param advice what to do about it; empty where nothing needs doing
 */
record Finding(Status status, String detail, String advice) {

  /** How good it is. */
  enum Status {
    GOOD,
    /** Works, but not as well as it might. */
    WEAK,
    MISSING
  }

  static Finding good(String detail) {
    return new Finding(Status.GOOD, detail, "");
  }

  static Finding weak(String detail, String advice) {
    return new Finding(Status.WEAK, detail, advice);
  }

  static Finding missing(String detail, String advice) {
    return new Finding(Status.MISSING, detail, advice);
  }
}
