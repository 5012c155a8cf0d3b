package dev.mallard.lsp.splice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The names of a function's parameters, as its signature has them. */
final class Parameters {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

  private Parameters() {}

  /**
   * The names, in order.
   *
   * @param typesFirst whether a parameter's type stands before its name, as in Java
   */
  static List<String> names(String signature, boolean typesFirst) {
    List<String> names = new ArrayList<>();
    for (String parameter : list(signature)) {
      List<String> words =
          NAME.matcher(beforeDefault(parameter)).results().map(MatchResult::group).toList();
      if (!words.isEmpty()) {
        names.add(typesFirst ? words.getLast() : words.getFirst());
      }
    }
    return names;
  }

  private static String beforeDefault(String parameter) {
    int sign = parameter.indexOf('=');
    return sign < 0 ? parameter : parameter.substring(0, sign);
  }

  /** What stands between the first brackets, parted at the commas that are in no other brackets. */
  private static List<String> list(String signature) {
    List<String> parameters = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < signature.length(); i++) {
      switch (signature.charAt(i)) {
        case '(', '[', '{', '<' -> {
          if (depth++ == 0) {
            if (signature.charAt(i) != '(') {
              depth = 0;
            }
            start = i + 1;
          }
        }
        case ')', ']', '}', '>' -> {
          if (depth > 0 && --depth == 0) {
            parameters.add(signature.substring(start, i));
            return parameters;
          }
        }
        case ',' -> {
          if (depth == 1) {
            parameters.add(signature.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    return parameters;
  }
}
