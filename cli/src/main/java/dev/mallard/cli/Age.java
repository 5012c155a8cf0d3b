package dev.mallard.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ages such as {@code 12h}, {@code 30d} and {@code 8w}: hours, days, weeks. */
final class Age implements ITypeConverter<Duration> {
  private static final Pattern AGE = Pattern.compile("(\\d{1,5})([hdw])");

  @Override
  public Duration convert(String text) {
    Matcher matcher = AGE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is not an age: say it in hours, days or weeks, such as 12h, 30d or 8w"
              .formatted(text));
    }
    int count = Integer.parseInt(matcher.group(1));
    return switch (matcher.group(2)) {
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7L * count);
    };
  }
}
