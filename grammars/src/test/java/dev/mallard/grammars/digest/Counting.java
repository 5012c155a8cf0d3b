package dev.mallard.grammars.digest;

import java.util.regex.Pattern;

/** A tokenizer for tests: words, and signs one by one. */
final class Counting {
  private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]|\n");

  private Counting() {}

  static int tokens(String text) {
    return (int) TOKEN.matcher(text).results().count();
  }
}
