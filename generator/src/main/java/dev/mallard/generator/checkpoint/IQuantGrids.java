package dev.mallard.generator.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fixed grids of magnitudes that ggml's IQ formats index, from {@code iquant-grids.txt}. */
final class IQuantGrids {
  private static final String RESOURCE = "iquant-grids.txt";

  /** The magnitudes of all points of a grid, one point after the other. Not to be written to. */
  static final float[] IQ2_XXS = read("iq2_xxs", 256 * 8);

  static final float[] IQ2_XS = read("iq2_xs", 512 * 8);
  static final float[] IQ2_S = read("iq2_s", 1024 * 8);
  static final float[] IQ3_XXS = read("iq3_xxs", 256 * 4);
  static final float[] IQ3_S = read("iq3_s", 512 * 4);

  private IQuantGrids() {}

  private static float[] read(String name, int count) {
    List<String> lines = text().lines().dropWhile(line -> !line.startsWith(name + " ")).toList();
    String[] levels = lines.getFirst().split(" ", -1)[2].split(",", -1);
    int[] digits =
        lines.stream()
            .skip(1)
            .takeWhile(line -> line.startsWith(" "))
            .flatMapToInt(String::chars)
            .filter(digit -> digit != ' ')
            .map(digit -> digit - '0')
            .toArray();
    if (digits.length != count) {
      throw new IllegalStateException(RESOURCE + " has no whole grid of " + name);
    }
    float[] magnitudes = new float[digits.length];
    for (int i = 0; i < digits.length; i++) {
      magnitudes[i] = Integer.parseInt(levels[digits[i]]);
    }
    return magnitudes;
  }

  private static String text() {
    try (InputStream stream = IQuantGrids.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
