package dev.mallard.generator.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How programs in a language look, line by line.
 *
 * @param definition finds what a program defines; its first group that matches is the name
 * @param first matches a line, without its indentation, that a program may begin with
 * @param further matches others that are not prose
 * @param quotes what a text of several lines begins and ends with
 * @param test matches a test that a model may copy
 * @param extra finds what may begin at the left margin and not be needed; its first group that
 *     matches is the name of what is defined there
 */
record CodeLook(
    Pattern definition,
    Pattern first,
    Pattern further,
    String quotes,
    Pattern test,
    Pattern extra) {
  private static final Pattern NOTHING = Pattern.compile("(?!)");
  private static final Pattern CALL = Pattern.compile("(?<![\\w$.])[A-Za-z_$][\\w$]*(?=\\()");

  static final CodeLook PYTHON =
      new CodeLook(
          Pattern.compile("(?m)^[ \\t]*(?:async[ \\t]+def|def|class)[ \\t]+(\\w+)"),
          Pattern.compile(
              "(?:async\\s+def|def)\\s+\\w+\\s*\\(.*|class\\s+\\w+\\s*[(:].*|@\\w.*"
                  + "|import\\s+[\\w.]+(\\s+as\\s+\\w+)?(\\s*,\\s*[\\w.]+)*"
                  + "|from\\s+[\\w.]+\\s+import\\s.*"),
          Pattern.compile(
              "#.*|[)\\]}].*|(?:if|elif|for|while|with|except)\\b.*:.*|(?:else|try|finally)\\s*:.*"
                  + "|(?:assert|return|raise|del|global)\\b.*|pass|(?:\"\"\"|''').*"
                  + "|[\\w.\\[\\], ]+\\s*[-+*/%|&^]{0,2}=[^=].*|[\\w.]+\\(.*"),
          "\"\"\"",
          Pattern.compile("assert .*"),
          Pattern.compile(
              "(?m)^(?:@.*\\n)*(?:(?:async[ \\t]+)?def[ \\t]+(\\w+)|class[ \\t]+(\\w+)|assert\\b|print[ \\t]*\\("
                  + "|if[ \\t]+__name__\\b|\"\"\"|''')"));

  /** A method is a name behind a type and before its parameters; some words are no types. */
  static final CodeLook JAVA =
      new CodeLook(
          Pattern.compile(
              "\\b(?:class|interface|enum|record)[ \\t]+(\\w+)"
                  + "|(?:\\b(?!(?:new|return|else|throw|case|yield|assert|do|record)\\b)\\w+|[>\\]])"
                  + "[ \\t]+(\\w+)[ \\t]*\\("),
          Pattern.compile(
              "(?:import|package)\\s+[\\w.* ]+;.*|@\\w.*"
                  + "|(?:(?:public|protected|private|static|final|abstract|sealed)\\s+)*"
                  + "(?:class|interface|enum|record)\\s+\\w+\\s*(?:[<({].*|(?:extends|implements|permits)\\s.*)?"
                  + "|(?:public|protected|private|static|final)\\s.*[({;]"
                  + "|(?:void|int|long|double|boolean|char|String|List<.*>|int\\[\\])\\s+\\w+\\s*\\(.*\\{.*"),
          Pattern.compile("//.*|/\\*.*|\\*.*|[)\\]}{].*|.*[;{]"),
          "\"\"\"",
          Pattern.compile("assert .*"),
          NOTHING);

  static final CodeLook JAVASCRIPT =
      new CodeLook(
          Pattern.compile(
              "\\b(?:function[ \\t]*\\*?|class|const|let|var)[ \\t]+([\\w$]+)"
                  + "|\\bexports\\.([\\w$]+)[ \\t]*=(?!=)"
                  + "|\\b([\\w$]+)[ \\t]*[:=][ \\t]*(?:async[ \\t]+)?function\\b"),
          Pattern.compile(
              "(?:export\\s+(?:default\\s+)?)?(?:(?:async\\s+)?function\\s*\\*?\\s*[\\w$]+\\s*\\(.*"
                  + "|class\\s+[\\w$]+\\s*(?:\\{.*|extends\\s.*)?"
                  + "|(?:const|let|var)\\s+[\\w$\\[{][^=]*=.*|(?:let|var)\\s+[\\w$]+;)"
                  + "|import\\s+(?:[\\w$*{}, ]+\\s+from\\s+)?['\"].*|['\"]use strict['\"];?"
                  + "|module\\.exports\\s*=.*|exports\\.[\\w$]+\\s*=.*"),
          Pattern.compile(
              "//.*|/\\*.*|\\*.*|[)\\]}{].*|.*[;{]|[\\w$.]+\\(.*\\)"
                  + "|[\\w$.\\[\\]]+\\s*[-+*/%|&^?]{0,3}=[^=].*"),
          "`",
          Pattern.compile("(?:console\\.)?assert(?:\\.\\w+)?\\(.*"),
          Pattern.compile(
              "(?m)^(?:(?:async[ \\t]+)?function[ \\t]*\\*?[ \\t]*([\\w$]+)|class[ \\t]+([\\w$]+)"
                  + "|console\\.\\w+\\()"));

  /** The names of what a program defines. */
  Set<String> definitions(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = definition.matcher(code);
    while (matcher.find()) {
      name(matcher).ifPresent(names::add);
    }
    return names;
  }

  private static Optional<String> name(Matcher matcher) {
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The names of what tests call, as functions or constructors and not as methods. */
  static Set<String> calls(String tests) {
    return CALL.matcher(tests).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /**
   * Where, at the left margin and behind definitions that are enough, something begins that nothing
   * before it names, or that is defined once more: weak models go on so without end.
   *
   * @param isWanted whether a name must be defined, wherever it is
   * @param isEnough whether a program that defines some names may end
   */
  List<Integer> endsOfNeeded(
      String code, Predicate<String> isWanted, Predicate<Set<String>> isEnough) {
    List<Integer> ends = new ArrayList<>();
    Matcher matcher = extra.matcher(code);
    while (matcher.find()) {
      String before = code.substring(0, matcher.start());
      Set<String> defined = definitions(before);
      Optional<String> name = name(matcher);
      boolean needed =
          name.isPresent()
              && !defined.contains(name.get())
              && (isWanted.test(name.get()) || names(before, name.get()));
      if (!needed && isEnough.test(defined)) {
        ends.add(matcher.start());
      }
    }
    return ends;
  }

  private static boolean names(String code, String name) {
    return Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])").matcher(code).find();
  }

  /**
   * The program in an answer without fenced blocks, its last line ended: from the first line that
   * looks like code to the last line before prose begins again.
   */
  Optional<String> bareCode(String answer) {
    List<String> lines = answer.lines().toList();
    int start = 0;
    while (start < lines.size() && !first.matcher(lines.get(start).strip()).matches()) {
      start++;
    }
    if (start == lines.size()) {
      return Optional.empty();
    }
    int indent = indent(lines.get(start));
    StringBuilder code = new StringBuilder();
    boolean insideString = false;
    for (String line : lines.subList(start, lines.size())) {
      boolean deeper = line.isBlank() || indent(line) > indent;
      String text = line.strip();
      boolean codeLine = first.matcher(text).matches() || further.matcher(text).matches();
      if (!insideString && !deeper && (indent(line) < indent || !codeLine)) {
        break;
      }
      insideString ^= opensString(line);
      code.append(FencedBlock.outdent(line, indent)).append('\n');
    }
    return Optional.of(code.toString().stripTrailing() + "\n");
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether a text of several lines begins or ends in a line, but not both. */
  private boolean opensString(String line) {
    int count = 0;
    for (int i = line.indexOf(quotes); i >= 0; i = line.indexOf(quotes, i + quotes.length())) {
      count++;
    }
    return count % 2 == 1;
  }
}
