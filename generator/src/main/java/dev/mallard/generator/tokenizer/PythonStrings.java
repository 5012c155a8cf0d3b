package dev.mallard.generator.tokenizer;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Gives texts in a template the methods that Python's have, and no others: chat templates are
 * written for Jinja in Python, and must not reach Java's methods.
 */
final class PythonStrings extends ELResolver {

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?> @Nullable [] types,
      @Nullable Object @Nullable [] arguments) {
    if (!(base instanceof CharSequence text)) {
      return null;
    }
    List<String> strings =
        arguments == null ? List.of() : Arrays.stream(arguments).map(String::valueOf).toList();
    Object result = call(text.toString(), method.toString(), strings);
    context.setPropertyResolved(true);
    return result;
  }

  private static Object call(String text, String method, List<String> arguments) {
    String call = method + "/" + arguments.size();
    return switch (call) {
      case "strip/0" -> text.strip();
      case "lstrip/0" -> text.stripLeading();
      case "rstrip/0" -> text.stripTrailing();
      case "strip/1" -> stripRight(stripLeft(text, arguments.getFirst()), arguments.getFirst());
      case "lstrip/1" -> stripLeft(text, arguments.getFirst());
      case "rstrip/1" -> stripRight(text, arguments.getFirst());
      case "split/0" -> List.of(text.strip().split("\\s+", -1));
      case "split/1" -> split(text, arguments.getFirst());
      case "startswith/1" -> text.startsWith(arguments.getFirst());
      case "endswith/1" -> text.endsWith(arguments.getFirst());
      case "replace/2" -> text.replace(arguments.getFirst(), arguments.getLast());
      case "upper/0" -> text.toUpperCase(Locale.ROOT);
      case "lower/0" -> text.toLowerCase(Locale.ROOT);
      case "capitalize/0" -> capitalize(text);
      case "title/0" -> title(text);
      default -> throw new ELException("a text has no method " + call);
    };
  }

  private static List<String> split(String text, String separator) {
    if (separator.isEmpty()) {
      throw new ELException("an empty separator");
    }
    return List.of(text.split(Pattern.quote(separator), -1));
  }

  private static String stripLeft(String text, String characters) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    return text.substring(from);
  }

  private static String stripRight(String text, String characters) {
    int to = text.length();
    while (to > 0 && characters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(0, to);
  }

  private static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    return Arrays.stream(text.split("\\b", -1))
        .map(PythonStrings::capitalize)
        .collect(Collectors.joining());
  }

  /** A character of a text, counted from its end where the index is negative. */
  @Override
  public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
    String index = String.valueOf(property);
    if (!(base instanceof CharSequence text) || !index.matches("-?\\d{1,8}")) {
      return null;
    }
    int at = Integer.parseInt(index);
    at = at < 0 ? text.length() + at : at;
    if (at < 0 || at >= text.length()) {
      throw new ELException("a text has no character " + index);
    }
    context.setPropertyResolved(true);
    return String.valueOf(text.charAt(at));
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, @Nullable Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(
      ELContext context, @Nullable Object base, Object property, @Nullable Object value) {
    // Texts have nothing to set.
  }

  @Override
  public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, @Nullable Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
    return String.class;
  }
}
