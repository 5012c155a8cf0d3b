package dev.mallard.generator.tokenizer;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The functions that the transformers library gives to chat templates. */
final class TemplateFunctions {

  /**
   * The day that templates are told. Always the same one, so that a prompt, and with it an answer,
   * does not change from day to day; it is the one that Llama 3.1's template falls back on.
   */
  private static final LocalDate DAY = LocalDate.of(2024, 7, 26);

  private TemplateFunctions() {}

  /** Says that the template does not take the conversation, for example its system message. */
  static final class RaisedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RaisedException(String message) {
      super(message);
    }
  }

  /** What a template calls, by reflection: so it must be public. */
  public static final class Callable {
    private Callable() {}

    /** Refuses the conversation. */
    public static Object raiseException(String message) {
      throw new RaisedException(message);
    }

    /** Formats the day with Python's {@code strftime} notation. */
    public static String formatDay(String format) {
      StringBuilder result = new StringBuilder();
      for (int i = 0; i < format.length(); i++) {
        if (format.charAt(i) == '%' && i + 1 < format.length()) {
          i++;
          result.append(field(format.charAt(i)));
        } else {
          result.append(format.charAt(i));
        }
      }
      return result.toString();
    }

    private static String field(char directive) {
      return switch (directive) {
        case 'd' -> day("dd");
        case 'b' -> day("MMM");
        case 'B' -> day("MMMM");
        case 'm' -> day("MM");
        case 'y' -> day("yy");
        case 'Y' -> day("yyyy");
        case 'a' -> day("EEE");
        case 'A' -> day("EEEE");
        case 'j' -> day("DDD");
        case 'H', 'M', 'S' -> "00";
        default -> String.valueOf(directive);
      };
    }

    private static String day(String pattern) {
      return DAY.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }
  }
}
