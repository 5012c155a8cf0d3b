package dev.mallard.cli;

import dev.mallard.generator.catalogue.ByteSize;
import dev.mallard.generator.memory.MemoryStats;
import dev.mallard.generator.memory.MemoryStats.Counts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How much is remembered, for people and for programs; {@code docs/memory.md} has the fields. */
final class MemoryText {
  private static final String ROW = "%-14s %9s %9s%n";

  private MemoryText() {}

  static String table(Path folder, MemoryStats stats) {
    if (stats.languages().isEmpty()) {
      return "Nothing is remembered in %s.".formatted(folder);
    }
    StringBuilder table = new StringBuilder(ROW.formatted("language", "solutions", "repairs"));
    stats.languages().forEach((language, counts) -> table.append(row(language, counts)));
    if (stats.languages().size() > 1) {
      table.append(row("all", stats.total()));
    }
    return table
        .append(
            "%n%s in %s%nverified from %s to %s"
                .formatted(
                    ByteSize.format(stats.bytes()),
                    folder,
                    day(stats.oldest()),
                    day(stats.newest())))
        .toString();
  }

  private static String row(String name, Counts counts) {
    return ROW.formatted(name, counts.solutions(), counts.repairs());
  }

  private static String day(Optional<Instant> time) {
    return time.map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC).toString()).orElse("-");
  }

  static String json(Path folder, MemoryStats stats) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("folder", folder.toString());
    put(json, stats.total());
    ObjectNode languages = json.putObject("languages");
    stats.languages().forEach((language, counts) -> put(languages.putObject(language), counts));
    json.put("bytes", stats.bytes());
    stats.oldest().ifPresent(time -> json.put("oldest", time.toString()));
    stats.newest().ifPresent(time -> json.put("newest", time.toString()));
    return json.toPrettyString();
  }

  private static void put(ObjectNode json, Counts counts) {
    json.put("solutions", counts.solutions()).put("repairs", counts.repairs());
  }
}
