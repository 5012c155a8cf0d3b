package dev.mallard.sandbox.polyglot;

import com.oracle.truffle.api.instrumentation.TruffleInstrument.Env;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.LanguageInfo;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes values as their language prints them, cut to a readable length. Takes no longer for a
 * large collection than for a small one, and tells no object by its address.
 */
final class ValueText {
  private static final int LONGEST = 200;
  private static final int DEEPEST = 4;
  private static final int MOST_BITS = 640;
  private static final Pattern ADDRESS = Pattern.compile(" at 0x[0-9a-f]+");
  private static final Pattern ARRAY_LENGTH = Pattern.compile("^\\(\\d+\\)(?=\\[)");
  private static final Set<String> PYTHON_FUNCTIONS =
      Set.of("function", "method", "builtin_function_or_method", "method-wrapper");
  private static final Set<String> PRINTED_WHOLE = Set.of("range", "bytes", "bytearray", "array");
  private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

  private final Env environment;
  private final LanguageInfo language;

  ValueText(Env environment, LanguageInfo language) {
    this.environment = environment;
    this.language = language;
  }

  /** The value's text. */
  String of(Object value) {
    StringBuilder text = new StringBuilder();
    try {
      if (language.getId().equals("python")) {
        writePython(text, value, 0);
      } else {
        writeJavaScript(text, value);
      }
    } catch (InteropException e) {
      text.append("...");
    } catch (RuntimeException e) {
      if (!INTEROP.isException(e)) {
        throw e;
      }
      text.append("..."); // Code of the program's own that took part has failed.
    }
    return cut(text.toString());
  }

  /** An exception's type and message. */
  String ofException(Throwable thrown) {
    try {
      String message =
          INTEROP.hasExceptionMessage(thrown)
              ? INTEROP.asString(INTEROP.getExceptionMessage(thrown))
              : "";
      String type =
          INTEROP.hasMetaObject(thrown)
              ? INTEROP.asString(INTEROP.getMetaSimpleName(INTEROP.getMetaObject(thrown)))
              : "";
      if (type.isEmpty() || message.startsWith(type)) {
        return cut(message);
      }
      return cut(message.isEmpty() ? type : type + ": " + message);
    } catch (InteropException e) {
      return "";
    }
  }

  private void writeJavaScript(StringBuilder text, Object value) throws InteropException {
    if (INTEROP.isString(value)) {
      quote(text, value, '"');
    } else if (INTEROP.isExecutable(value)) {
      String name =
          INTEROP.hasExecutableName(value)
              ? INTEROP.asString(INTEROP.getExecutableName(value))
              : "";
      text.append(name.isEmpty() ? "[function]" : "[function " + name + "]");
    } else {
      String shown = display(value, false);
      text.append(ARRAY_LENGTH.matcher(shown).replaceFirst(""));
    }
  }

  private void writePython(StringBuilder text, Object value, int depth) throws InteropException {
    if (text.length() > LONGEST) {
      return;
    }
    if (value instanceof Boolean truth) {
      text.append(truth ? "True" : "False");
      return;
    }
    if (INTEROP.isString(value)) {
      quote(text, value, '\'');
      return;
    }
    if (INTEROP.isNumber(value)) {
      writeNumber(text, value);
      return;
    }
    String type =
        INTEROP.hasMetaObject(value)
            ? INTEROP.asString(INTEROP.getMetaSimpleName(INTEROP.getMetaObject(value)))
            : "";
    if (INTEROP.isMetaObject(value)) {
      text.append("<class '")
          .append(INTEROP.asString(INTEROP.getMetaSimpleName(value)))
          .append("'>");
    } else if (PYTHON_FUNCTIONS.contains(type)) {
      String name =
          INTEROP.isMemberReadable(value, "__name__")
              ? INTEROP.asString(INTEROP.readMember(value, "__name__"))
              : "";
      text.append("<function ").append(name).append('>');
    } else if (type.equals("module")) {
      text.append("<module>");
    } else if (depth >= DEEPEST) {
      text.append("...");
    } else if (INTEROP.hasHashEntries(value)) {
      writeMapping(text, value, type, depth);
    } else if (type.equals("set") || type.equals("frozenset")) {
      writeSet(text, value, type, depth);
    } else if (INTEROP.hasArrayElements(value) && !PRINTED_WHOLE.contains(type)) {
      writeSequence(text, value, type, depth);
    } else if (!INTEROP.isNull(value)
        && !INTEROP.isException(value)
        && INTEROP.isMemberReadable(value, "__dict__")) {
      writeFields(text, value, type, depth);
    } else {
      text.append(ADDRESS.matcher(display(value, true)).replaceAll(""));
    }
  }

  private void writeNumber(StringBuilder text, Object number) throws InteropException {
    if (INTEROP.fitsInLong(number) && !(number instanceof Double)) {
      text.append(INTEROP.asLong(number));
    } else if (INTEROP.fitsInBigInteger(number) && !(number instanceof Double)) {
      BigInteger large = INTEROP.asBigInteger(number);
      text.append(
          large.bitLength() > MOST_BITS
              ? "<int of " + large.bitLength() + " bits>"
              : large.toString());
    } else {
      text.append(display(number, true));
    }
  }

  private void writeMapping(StringBuilder text, Object value, String type, int depth)
      throws InteropException {
    boolean plain = type.equals("dict");
    text.append(plain ? "{" : type + "({");
    Object entries = INTEROP.getHashEntriesIterator(value);
    String separator = "";
    while (text.length() <= LONGEST && INTEROP.hasIteratorNextElement(entries)) {
      Object entry = INTEROP.getIteratorNextElement(entries);
      text.append(separator);
      writePython(text, INTEROP.readArrayElement(entry, 0), depth + 1);
      text.append(": ");
      writePython(text, INTEROP.readArrayElement(entry, 1), depth + 1);
      separator = ", ";
    }
    text.append(plain ? "}" : "})");
  }

  private void writeSet(StringBuilder text, Object value, String type, int depth)
      throws InteropException {
    Object elements = INTEROP.getIterator(value);
    if (!INTEROP.hasIteratorNextElement(elements)) {
      text.append(type).append("()");
      return;
    }
    text.append(type.equals("set") ? "{" : type + "({");
    String separator = "";
    while (text.length() <= LONGEST && INTEROP.hasIteratorNextElement(elements)) {
      text.append(separator);
      writePython(text, INTEROP.getIteratorNextElement(elements), depth + 1);
      separator = ", ";
    }
    text.append(type.equals("set") ? "}" : "})");
  }

  private void writeSequence(StringBuilder text, Object value, String type, int depth)
      throws InteropException {
    boolean tuple = type.equals("tuple");
    boolean list = type.equals("list");
    text.append(tuple ? "(" : list ? "[" : type + "([");
    long size = INTEROP.getArraySize(value);
    for (long index = 0; index < size && text.length() <= LONGEST; index++) {
      text.append(index == 0 ? "" : ", ");
      writePython(text, INTEROP.readArrayElement(value, index), depth + 1);
    }
    if (tuple) {
      text.append(size == 1 ? ",)" : ")");
    } else {
      text.append(list ? "]" : "])");
    }
  }

  private void writeFields(StringBuilder text, Object value, String type, int depth)
      throws InteropException {
    Object fields = INTEROP.readMember(value, "__dict__");
    text.append(type).append('(');
    if (INTEROP.hasHashEntries(fields)) {
      Object entries = INTEROP.getHashEntriesIterator(fields);
      String separator = "";
      while (text.length() <= LONGEST && INTEROP.hasIteratorNextElement(entries)) {
        Object entry = INTEROP.getIteratorNextElement(entries);
        text.append(separator)
            .append(INTEROP.asString(INTEROP.readArrayElement(entry, 0)))
            .append('=');
        writePython(text, INTEROP.readArrayElement(entry, 1), depth + 1);
        separator = ", ";
      }
    }
    text.append(')');
  }

  private String display(Object value, boolean mayRunCode) throws InteropException {
    Object view = environment.getLanguageView(language, value);
    return INTEROP.asString(INTEROP.toDisplayString(view, mayRunCode));
  }

  private static void quote(StringBuilder text, Object value, char mark) throws InteropException {
    String all = INTEROP.asString(value);
    int end = Math.min(all.length(), LONGEST + 1);
    char quote = mark == '\'' && all.indexOf('\'') >= 0 && all.indexOf('"') < 0 ? '"' : mark;
    text.append(quote);
    for (int index = 0; index < end; index++) {
      char character = all.charAt(index);
      switch (character) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          if (character == quote) {
            text.append('\\').append(character);
          } else if (Character.isISOControl(character)) {
            text.append("\\x%02x".formatted((int) character));
          } else {
            text.append(character);
          }
        }
      }
    }
    text.append(quote);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "...";
  }
}
