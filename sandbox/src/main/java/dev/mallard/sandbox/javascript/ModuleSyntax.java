package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.javascript.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes a script of a module, whose lines stay where they are: what it exports stays visible to the
 * tests, and what it imports comes from {@code require}.
 */
final class ModuleSyntax {
  private static final Set<String> DECLARATIONS =
      Set.of("const", "let", "var", "function", "class", "async");

  private final String text;
  private final List<Token> tokens;
  private final StringBuilder script = new StringBuilder();
  private int copied;

  private ModuleSyntax(String text) {
    this.text = text;
    this.tokens = Tokenizer.tokens(text);
  }

  /** The script; a text without such syntax as it is. */
  static String toScript(String text) {
    if (!text.contains("import") && !text.contains("export")) {
      return text;
    }
    return new ModuleSyntax(text).convert();
  }

  private String convert() {
    int depth = 0;
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      depth += token.opens() ? 1 : token.closes() ? -1 : 0;
      if (depth == 0 && beginsStatement(index)) {
        if (token.is("export")) {
          index = export(index);
        } else if (token.is("import") && !isAt(index + 1, "(") && !isAt(index + 1, ".")) {
          index = importing(index);
        }
      }
    }
    return script.append(text, copied, text.length()).toString();
  }

  private boolean beginsStatement(int index) {
    if (index == 0) {
      return true;
    }
    Token before = tokens.get(index - 1);
    return before.is(";")
        || before.is("}")
        || text.substring(before.end(), tokens.get(index).start()).contains("\n");
  }

  private boolean isAt(int index, String expected) {
    return index < tokens.size() && tokens.get(index).is(expected);
  }

  private int export(int index) {
    if (isAt(index + 1, "default")) {
      boolean named =
          index + 3 < tokens.size()
              && (isAt(index + 2, "function")
                  || isAt(index + 2, "class")
                  || isAt(index + 2, "async"))
              && nameOfDeclaration(index + 2);
      replace(index, index + 1, named ? "" : "module.exports.default =");
      return index + 1;
    }
    if (index + 1 < tokens.size() && DECLARATIONS.contains(tokens.get(index + 1).text())) {
      replace(index, index, "");
      return index;
    }
    if (isAt(index + 1, "{") || isAt(index + 1, "*")) {
      int end = index + 1;
      while (isAt(index + 1, "{") && end < tokens.size() && !isAt(end, "}")) {
        end++;
      }
      while (isAt(index + 1, "*") && end + 1 < tokens.size() && !isAt(end + 1, "from")) {
        end++;
      }
      if (isAt(end + 1, "from") && end + 2 < tokens.size()) {
        replace(index, end + 2, "require(" + tokens.get(end + 2).text() + ");");
        return end + 2;
      }
      if (end < tokens.size()) {
        replace(index, end, ";");
        return end;
      }
    }
    return index;
  }

  private boolean nameOfDeclaration(int index) {
    int name = index + 1;
    while (isAt(name, "function") || isAt(name, "*")) {
      name++;
    }
    return name < tokens.size() && tokens.get(name).kind() == Kind.WORD && !isAt(name, "extends");
  }

  private int importing(int index) {
    if (index + 1 < tokens.size() && tokens.get(index + 1).kind() == Kind.STRING) {
      replace(index, index + 1, "require(" + tokens.get(index + 1).text() + ");");
      return index + 1;
    }
    int from = index + 1;
    while (from < tokens.size() && !isAt(from, "from")) {
      from++;
    }
    if (from + 1 >= tokens.size()) {
      return index;
    }
    String module = "require(" + tokens.get(from + 1).text() + ")";
    List<String> names = new ArrayList<>();
    int at = index + 1;
    while (at < from) {
      if (isAt(at, "*") && isAt(at + 1, "as")) {
        names.add(tokens.get(at + 2).text() + " = " + module);
        at += 3;
      } else if (isAt(at, "{")) {
        StringBuilder pattern = new StringBuilder();
        while (at < from && !isAt(at, "}")) {
          pattern.append(isAt(at, "as") ? ":" : tokens.get(at).text());
          at++;
        }
        names.add(pattern.append("} = ").append(module).toString());
        at++;
      } else {
        if (tokens.get(at).kind() == Kind.WORD) {
          names.add(tokens.get(at).text() + " = " + module);
        }
        at++;
      }
    }
    replace(index, from + 1, names.isEmpty() ? "" : "const " + String.join(", ", names) + ";");
    return from + 1;
  }

  /** Replaces tokens, and keeps the line ends that are among them. */
  private void replace(int first, int last, String replacement) {
    int start = tokens.get(first).start();
    int end = tokens.get(last).end();
    script.append(text, copied, start).append(replacement);
    text.substring(start, end)
        .chars()
        .filter(character -> character == '\n')
        .forEach(character -> script.append('\n'));
    copied = end;
  }
}
