package dev.mallard.generator.comparison;

import dev.mallard.generator.comparison.Figures.Ratios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, all in all.
 *
 * @param model name of the file
 * @param threads that computed
 * @param answerTokens length of the measured answers
 * @param rounds of each engine that ran
 * @param medians over the rounds
 * @param mallardOver how many times the others' rates Mallard's are: medians of the rounds' ratios
 * @param failures why the other engines could not run
 */
record ComparisonReport(
    String model,
    int threads,
    int answerTokens,
    Map<String, List<Figures>> rounds,
    Map<String, Figures> medians,
    Map<String, Ratios> mallardOver,
    Map<String, String> failures) {
  private static final String MALLARD = "Mallard";

  static ComparisonReport of(
      String model, int threads, Map<String, List<Figures>> rounds, Map<String, String> failures) {
    Map<String, Figures> medians = new LinkedHashMap<>();
    Map<String, Ratios> mallardOver = new LinkedHashMap<>();
    List<Figures> mallard = rounds.getOrDefault(MALLARD, List.of());
    rounds.forEach((engine, figures) -> {
      medians.put(engine, Figures.median(figures));
      if (!engine.equals(MALLARD) && !mallard.isEmpty()) {
        List<Ratios> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(mallard.size(), figures.size()); i++) {
          ratios.add(mallard.get(i).over(figures.get(i)));
        }
        mallardOver.put(engine, Ratios.median(ratios));
      }
    });
    return new ComparisonReport(
        model, threads, Measurement.TOKENS, rounds, medians, mallardOver, failures);
  }

  String json() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  /** A table for people. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "%s, %d threads; medians in tokens a second, answers of %d tokens%n"
            .formatted(model, threads, answerTokens));
    table.append(row("", "prompt", "one answer", "8 requests", "8 candidates", "load, s"));
    medians.forEach((engine, figures) ->
        table.append(
            row(
                engine,
                number("%.1f", figures.prefill()),
                number("%.1f", figures.decode()),
                number("%.1f", figures.atOnce()),
                number("%.1f", figures.candidates()),
                load(figures))));
    mallardOver.forEach((engine, ratios) ->
        table.append(
            row(
                "Mallard / " + engine,
                number("x%.2f", ratios.prefill()),
                number("x%.2f", ratios.decode()),
                number("x%.2f", ratios.atOnce()),
                number("x%.2f", ratios.candidates()),
                "")));
    medians.forEach((engine, figures) ->
        table.append(
            "%s counts %d tokens in the prompt%n".formatted(engine, figures.promptTokens())));
    failures.forEach(
        (engine, reason) -> table.append("%s cannot run: %s%n".formatted(engine, reason)));
    return table.toString();
  }

  private static String row(String name, String... cells) {
    StringBuilder row = new StringBuilder("%-20s".formatted(name));
    for (String cell : cells) {
      row.append("%14s".formatted(cell));
    }
    return row.toString().stripTrailing() + System.lineSeparator();
  }

  private static String load(Figures figures) {
    return number("%.2f", figures.load())
        + figures.firstLoad().map(first -> number(" (%.1f)", first)).orElse("");
  }

  private static String number(String format, Optional<Double> number) {
    return number.map(value -> number(format, value)).orElse("");
  }

  private static String number(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
