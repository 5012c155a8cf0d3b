package dev.mallard.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 512M} and {@code 4G}, in powers of 1024. */
final class MemorySize implements ITypeConverter<MemorySize.Bytes> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([MG])(?:i?B)?");

  /**
   * A size.
   *
   * @param count of bytes
   */
  record Bytes(long count) {}

  @Override
  public Bytes convert(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "B"));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is not a size: say it in MiB or GiB, such as 512M or 4G".formatted(text));
    }
    int shift = matcher.group(2).equals("M") ? 20 : 30;
    return new Bytes(Long.parseLong(matcher.group(1)) << shift);
  }
}
