package dev.mallard.cli.models;

import dev.mallard.generator.catalogue.ByteSize;
import dev.mallard.generator.catalogue.CatalogueModel;
import dev.mallard.generator.catalogue.InstalledModel;
import dev.mallard.generator.catalogue.ModelEntry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Models in columns, and one model in lines. */
final class ModelTable {
  private ModelTable() {}

  static void print(List<ModelEntry> entries, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "PARAMETERS", "SIZE", "HERE", "LICENCE"));
    for (ModelEntry entry : entries) {
      rows.add(
          List.of(
              entry.name(),
              entry.catalogued().map(model -> parameters(model.parameters())).orElse("-"),
              size(entry),
              where(entry),
              entry.catalogued().map(CatalogueModel::licence).orElse("-")));
    }
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  static void describe(ModelEntry entry, PrintWriter out) {
    line(out, "Name", entry.name());
    entry
        .catalogued()
        .ifPresent(model -> {
          line(out, "Description", model.description());
          line(out, "Parameters", parameters(model.parameters()));
          line(out, "Licence", model.licence());
          line(out, "Memory", "about " + ByteSize.format(entry.memoryBytes()));
          line(out, "Sources", String.join("; ", model.sourceDescriptions()));
        });
    line(out, "Size", size(entry));
    line(out, "Here", where(entry));
    entry.installed().ifPresent(model -> describe(model, out));
  }

  private static void describe(InstalledModel model, PrintWriter out) {
    line(out, "Path", model.checkpoint().toString());
    line(out, "From", model.origin() + " (" + model.version() + ")");
  }

  private static void line(PrintWriter out, String label, String value) {
    out.printf("%-12s %s%n", label, value);
  }

  private static String size(ModelEntry entry) {
    return entry
        .installed()
        .map(model -> ByteSize.format(model.bytes()))
        .or(() ->
            entry
                .catalogued()
                .map(model -> "about " + ByteSize.format(model.approximateDownloadBytes())))
        .orElse("-");
  }

  private static String where(ModelEntry entry) {
    return switch (entry.state()) {
      case DOWNLOADED ->
          entry.installed().filter(model -> !model.owned()).isPresent()
              ? "downloaded (Hugging Face cache)"
              : "downloaded";
      case FITS -> "no, fits";
      case TOO_LARGE -> "no, too large";
    };
  }

  private static String parameters(long count) {
    return count < 1_000_000_000
        ? Math.round(count / 1e6) + "M"
        : String.format(Locale.ROOT, "%.1fB", count / 1e9);
  }
}
