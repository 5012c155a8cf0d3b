package dev.mallard.generator.tokenizer;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-ins for the contents of messages while a template is rendered, so that what a template
 * writes can be told from what it was given.
 *
 * <p>A stand-in is a number that no content can know. White space that contents never have stands
 * on both its sides: where a template has taken that away, it strips contents, and the content is
 * stripped on that side in turn. A template that looks into contents finds nothing there.
 */
final class Placeholders {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS = 128;

  /** A separator that Python and Jinjava take for white space. */
  private static final char EDGE = '\u001F';

  private final String secret = new BigInteger(BITS, RANDOM).setBit(BITS).toString();
  private final Pattern pattern =
      Pattern.compile("(%c?)%s(\\d{4})(%c?)".formatted(EDGE, secret, EDGE));
  private final List<String> contents = new ArrayList<>();

  /** Stands in for a content. An empty one stands for itself, as templates ask for that. */
  String standIn(String content) {
    if (content.isEmpty()) {
      return content;
    }
    contents.add(content);
    return "%c%s%04d%c".formatted(EDGE, secret, contents.size() - 1, EDGE);
  }

  /** Whether every content is in a rendered text. */
  boolean allIn(String rendered) {
    return pattern.matcher(rendered).results().map(match -> match.group(2)).distinct().count()
        == contents.size();
  }

  /**
   * Takes a rendered text apart.
   *
   * @param literal gets what the template wrote
   * @param content gets what stands for a stand-in
   */
  void resolve(String rendered, Consumer<String> literal, Consumer<String> content) {
    Matcher matcher = pattern.matcher(rendered);
    int from = 0;
    while (matcher.find()) {
      literal.accept(rendered.substring(from, matcher.start()));
      String text = contents.get(Integer.parseInt(matcher.group(2)));
      text = matcher.group(1).isEmpty() ? text.stripLeading() : text;
      content.accept(matcher.group(3).isEmpty() ? text.stripTrailing() : text);
      from = matcher.end();
    }
    literal.accept(rendered.substring(from));
  }
}
