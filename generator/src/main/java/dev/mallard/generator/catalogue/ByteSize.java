package dev.mallard.generator.catalogue;

import java.util.Locale;

/** Numbers of bytes, written for people in decimal units as disks and networks are sold. */
public final class ByteSize {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private ByteSize() {}

  /** Two or three digits and a unit, such as {@code 3.1 GB}. */
  public static String format(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    double value = bytes;
    String unit = "bytes";
    for (String larger : UNITS) {
      if (value < 999.5) {
        break;
      }
      value /= 1000;
      unit = larger;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
  }
}
