package dev.mallard.cli.models;

import dev.mallard.generator.catalogue.ModelEntry;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models as JSON, for programs. */
final class ModelJson {
  private ModelJson() {}

  static String list(List<ModelEntry> entries) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    entries.forEach(entry -> array.add(node(entry)));
    return array.toPrettyString();
  }

  static String entry(ModelEntry entry) {
    return node(entry).toPrettyString();
  }

  private static ObjectNode node(ModelEntry entry) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("name", entry.name());
    json.put("state", entry.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    entry
        .catalogued()
        .ifPresent(model -> {
          json.put("description", model.description());
          json.put("parameters", model.parameters());
          json.put("licence", model.licence());
          json.put("approximateDownloadBytes", model.approximateDownloadBytes());
          json.put("memoryBytes", entry.memoryBytes());
          ArrayNode sources = json.putArray("sources");
          model.sourceDescriptions().forEach(sources::add);
        });
    entry
        .installed()
        .ifPresent(model -> {
          json.put("bytes", model.bytes());
          json.put("path", model.checkpoint().toString());
          json.put("origin", model.origin());
          json.put("version", model.version());
          json.put("owned", model.owned());
        });
    return json;
  }
}
