package dev.mallard.grammars.regex;

import java.util.List;

/**
 * A regular expression over bytes, extended by intersection and complement. Made by a {@link
 * RegexFactory}, which gives equal expressions the same instance, so they compare by identity.
 */
public abstract sealed class Regex {
  /** How many expressions may follow each other in what people write. */
  public static final int MOST_IN_SEQUENCE = 20_000;

  private final int id;
  private final boolean nullable;

  private Regex(int id, boolean nullable) {
    this.id = id;
    this.nullable = nullable;
  }

  /** A number of its own within its factory. */
  int id() {
    return id;
  }

  /** Whether it matches the empty string. */
  public boolean nullable() {
    return nullable;
  }

  /** How many expressions follow each other in it. */
  public int length() {
    int length = 1;
    for (Regex rest = this; rest instanceof Sequence s; rest = s.rest) {
      length++;
    }
    return length;
  }

  /** One byte out of a set; of the empty set, nothing. */
  static final class OneOf extends Regex {
    final ByteSet bytes;

    OneOf(int id, ByteSet bytes) {
      super(id, false);
      this.bytes = bytes;
    }
  }

  /** The empty string. */
  static final class Empty extends Regex {
    Empty(int id) {
      super(id, true);
    }
  }

  /** One after the other. */
  static final class Sequence extends Regex {
    final Regex first;
    final Regex rest;

    Sequence(int id, Regex first, Regex rest) {
      super(id, first.nullable() && rest.nullable());
      this.first = first;
      this.rest = rest;
    }
  }

  /** Any of some; sorted by number, without repetition. */
  static final class Either extends Regex {
    final List<Regex> parts;

    Either(int id, List<Regex> parts) {
      super(id, parts.stream().anyMatch(Regex::nullable));
      this.parts = parts;
    }
  }

  /** All of some; sorted by number, without repetition. */
  static final class Both extends Regex {
    final List<Regex> parts;

    Both(int id, List<Regex> parts) {
      super(id, parts.stream().allMatch(Regex::nullable));
      this.parts = parts;
    }
  }

  /** What another does not match. */
  static final class Complement extends Regex {
    final Regex of;

    Complement(int id, Regex of) {
      super(id, !of.nullable());
      this.of = of;
    }
  }

  /** Any number of times. */
  static final class Star extends Regex {
    final Regex of;

    Star(int id, Regex of) {
      super(id, true);
      this.of = of;
    }
  }
}
