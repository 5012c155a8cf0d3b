package dev.mallard.generator.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonReportTest {
  private static final ComparisonReport REPORT =
      ComparisonReport.of(
          "tiny.gguf",
          2,
          new LinkedHashMap<>(
              Map.of(
                  "Mallard",
                  List.of(
                      figures(90, 10).withCandidates(40).withFirstLoad(6),
                      figures(100, 12).withCandidates(44).withFirstLoad(5),
                      figures(80, 11).withCandidates(42).withFirstLoad(7)),
                  "llama.cpp",
                  List.of(figures(45, 20), figures(25, 12), figures(40, 10)))),
          Map.of("Jlama", "no such class"));

  @Test
  void givesMediansOfTheRounds() {
    JsonNode medians = json().path("medians").path("Mallard");

    assertThat(medians.path("prefill").doubleValue()).isEqualTo(90);
    assertThat(medians.path("decode").doubleValue()).isEqualTo(11);
    assertThat(medians.path("candidates").doubleValue()).isEqualTo(42);
    assertThat(medians.path("firstLoad").doubleValue()).isEqualTo(6);
  }

  @Test
  void givesMediansOfTheRatiosThatEachRoundHas() {
    JsonNode ratios = json().path("mallardOver").path("llama.cpp");

    assertThat(ratios.path("prefill").doubleValue()).isEqualTo(2);
    assertThat(ratios.path("decode").doubleValue()).isEqualTo(1);
  }

  @Test
  void printsTheFiguresAndWhyAnEngineCannotRun() {
    assertThat(REPORT.table())
        .containsPattern("Mallard +90\\.0 +11\\.0 +22\\.0 +42\\.0 +0\\.50 \\(6\\.0\\)")
        .containsPattern("llama\\.cpp +40\\.0 +12\\.0 +24\\.0 +0\\.50\\R")
        .containsPattern("Mallard / llama\\.cpp +x2\\.00 +x1\\.00")
        .contains("Jlama cannot run: no such class");
  }

  @Test
  void handsFiguresFromOneProcessToAnother() {
    Figures figures = figures(90, 10).withCandidates(40);

    assertThat(Measurement.find(List.of("noise", Measurement.line(figures)))).contains(figures);
    assertThat(Measurement.find(List.of("noise"))).isEmpty();
  }

  private static JsonNode json() {
    return new JsonMapper().readTree(REPORT.json());
  }

  private static Figures figures(double prefill, double decode) {
    return new Figures(500, prefill, decode, 2 * decode, Optional.empty(), 0.5, Optional.empty());
  }
}
