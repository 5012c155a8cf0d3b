package dev.mallard.generator.checkpoint;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mallard.generator.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names of modules as PEFT's configurations give them: each the whole of a module's path such as
 * {@code model.layers.0.mlp.up_proj}, its end after a dot, or a regular expression of either.
 *
 * <p>An adapter's author is not trusted: expressions are matched in linear time (RE2), and counted
 * repetitions, whose automaton can be of any size, are refused.
 */
final class ModulePatterns {
  private static final int MAXIMUM_EXPRESSIONS = 64;
  private static final int MAXIMUM_LENGTH = 500;

  private record Expression(int position, String key, Pattern pattern) {}

  /** Positions of the keys that are plain names. */
  private final Map<String, Integer> names = new HashMap<>();

  private final List<Expression> expressions = new ArrayList<>();

  /**
   * Compiles keys.
   *
   * @param where names the field and its file in the message
   * @throws UserException if a key is no expression that can be matched
   */
  ModulePatterns(String where, Iterable<String> keys) {
    int position = 0;
    for (String key : keys) {
      if (key.matches("[\\w.-]+")) {
        names.putIfAbsent(key, position);
      } else {
        expressions.add(new Expression(position, key, compile(where, "(?:.*\\.)?(?:" + key + ")")));
      }
      position++;
    }
    if (expressions.size() > MAXIMUM_EXPRESSIONS) {
      throw new UserException(where + " has more regular expressions than Mallard reads.");
    }
  }

  /**
   * Compiles an expression that whole names are matched with.
   *
   * @throws UserException if it is none, or one that RE2 does not know, such as looking ahead
   */
  static Pattern compile(String where, String expression) {
    try {
      if (expression.length() <= MAXIMUM_LENGTH && !expression.contains("{")) {
        return Pattern.compile(expression);
      }
    } catch (PatternSyntaxException e) {
      throw refused(where, e);
    }
    throw refused(where, null);
  }

  private static UserException refused(String where, @Nullable Throwable cause) {
    return new UserException(
        where + " has a regular expression that Mallard does not read; name the modules instead.",
        cause);
  }

  /** The first key that a module matches, as PEFT takes it. */
  Optional<String> match(String module) {
    int first = Integer.MAX_VALUE;
    String found = "";
    // PEFT reads the dots of a plain name as any character; no module's name tells the difference.
    for (int at = 0; at >= 0; at = nextPart(module, at)) {
      String end = module.substring(at);
      int position = names.getOrDefault(end, Integer.MAX_VALUE);
      if (position < first) {
        first = position;
        found = end;
      }
    }
    for (Expression expression : expressions) {
      if (expression.position() < first && expression.pattern().matches(module)) {
        return Optional.of(expression.key());
      }
    }
    return first == Integer.MAX_VALUE ? Optional.empty() : Optional.of(found);
  }

  /** Where the next part of a path begins; -1 after the last. */
  private static int nextPart(String module, int at) {
    int dot = module.indexOf('.', at);
    return dot < 0 ? -1 : dot + 1;
  }
}
