package dev.mallard.generator.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and numbers in a question, which its query may compare with. */
final class QuestionValues {
  private static final int MOST = 20;

  /** Some words that are always there. */
  private static final List<String> COMMON = List.of("Ann", "Bob", "Zoë", "duck", "pond", "");

  /** Between quotes, or words that begin with a capital letter, but for the first of a sentence. */
  private static final Pattern NAME =
      Pattern.compile(
          "\"([^\"]{1,60})\"|(?<!\\w)'([^']{1,60})'"
              + "|(?<=[\\w,] )(\\p{Lu}[\\w-]{0,30}(?: \\p{Lu}[\\w-]{0,30}){0,3})");

  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d{1,9}(?![\\w.]*\\w)");

  private final List<String> names;
  private final List<String> words = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();

  QuestionValues(String question) {
    Set<String> found = new LinkedHashSet<>();
    Matcher quoted = NAME.matcher(question);
    while (quoted.find() && found.size() < MOST) {
      for (int group = 1; group <= quoted.groupCount(); group++) {
        if (quoted.start(group) >= 0) {
          found.add(quoted.group(group).replace("\0", ""));
        }
      }
    }
    Matcher digits = NUMBER.matcher(question);
    while (digits.find() && numbers.size() < MOST) {
      numbers.add(Long.parseLong(digits.group()));
    }
    names = List.copyOf(found);
    words.addAll(names);
    words.addAll(COMMON);
  }

  /** What is named in the question; perhaps nothing. */
  List<String> names() {
    return names;
  }

  /** These, and other words, for columns of texts; at least one. */
  List<String> words() {
    return words;
  }

  /** Whole numbers; perhaps none. */
  List<Long> numbers() {
    return numbers;
  }
}
