package dev.mallard.sandbox.sql;

import java.util.ArrayList;
import java.util.List;

/** Writes rows for a reader. */
final class RowText {
  /** Most characters of a list of rows. */
  static final int LONGEST = 1000;

  private static final int LONGEST_VALUE = 200;

  private RowText() {}

  /** A row as SQL writes it: {@code (1, 'Ann', NULL)}. */
  static String row(List<SqlValue> row) {
    StringBuilder text = new StringBuilder("(");
    for (SqlValue value : row) {
      if (text.length() > LONGEST) {
        return text.append("...)").toString();
      }
      text.append(text.length() == 1 ? "" : ", ").append(cut(value.toString(), LONGEST_VALUE));
    }
    return text.append(')').toString();
  }

  /** Rows as SQL writes them, one a line, cut to a readable length. */
  static String rows(Rows rows) {
    if (rows.rows().isEmpty()) {
      return "no rows";
    }
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (List<SqlValue> row : rows.rows()) {
      String line = row(row);
      if (shown > 0 && text.length() + line.length() > LONGEST) {
        break;
      }
      text.append(shown == 0 ? "" : "\n").append(cut(line, LONGEST));
      shown++;
    }
    int more = rows.rows().size() - shown;
    if (!rows.complete()) {
      text.append("\n... and more");
    } else if (more > 0) {
      text.append("\n... and %,d more".formatted(more));
    }
    return text.toString();
  }

  /** A table with the names of the columns, as a terminal shows it. */
  static String table(Rows rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(rows.columns().stream().map(RowText::cell).toList());
    for (List<SqlValue> row : rows.rows()) {
      lines.add(row.stream().map(RowText::cell).toList());
    }
    int[] widths = new int[rows.columns().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < lines.size(); index++) {
      appendLine(text, lines.get(index), widths);
      if (index == 0) {
        appendLine(text, dashes(widths), widths);
      }
    }
    return text.toString();
  }

  private static List<String> dashes(int[] widths) {
    List<String> dashes = new ArrayList<>();
    for (int width : widths) {
      dashes.add("-".repeat(width));
    }
    return dashes;
  }

  private static void appendLine(StringBuilder text, List<String> cells, int[] widths) {
    int start = text.length();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      text.append(column == 0 ? "" : "  ").append(cell);
      text.append(" ".repeat(widths[column] - cell.length()));
    }
    while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    text.append('\n');
  }

  private static String cell(SqlValue value) {
    return cell(value instanceof SqlValue.Text(String text) ? text : value.toString());
  }

  private static String cell(String text) {
    String line = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return cut(line.replace("\t", "\\t"), LONGEST_VALUE);
  }

  /** The text, or its beginning and an ellipsis. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 3;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "...";
  }
}
