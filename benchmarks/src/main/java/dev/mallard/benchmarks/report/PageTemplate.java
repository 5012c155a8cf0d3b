package dev.mallard.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the page is made of. */
final class PageTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
  private static final List<String> SCRIPTS =
      List.of("elements.js", "charts.js", "figures.js", "problems.js", "transcript.js", "page.js");
  private static final String CHART = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final String CHART_FOLDER = "META-INF/resources/webjars/chart.js/";

  private final String template = resource("report.html");
  private final String style = resource("report.css");
  private final String chart;
  private final String licence;
  private final String script;

  PageTemplate() {
    String version = chartVersion();
    chart =
        text("/" + CHART_FOLDER + version + "/dist/chart.umd.min.js")
            // The map is not beside the page.
            .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
            .strip();
    licence = text("/" + CHART_FOLDER + version + "/LICENSE.md").strip();
    StringBuilder all = new StringBuilder("(() => {\n'use strict';\n");
    SCRIPTS.forEach(name -> all.append(resource(name)));
    script = all.append("})();").toString();
    for (String inline : List.of(chart, script)) {
      if (inline.contains("</script") || inline.contains("<!--")) {
        throw new IllegalStateException("a script of the page would end early");
      }
    }
  }

  /**
   * The page.
   *
   * @param data what {@link #data} gave, all of it
   */
  String page(String data) {
    return filled(
        Map.of(
            "policy",
            "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(hash(chart), hash(script), hash(style)),
            "style",
            style,
            "chart",
            chart,
            "licence",
            licence.replace("&", "&amp;").replace("<", "&lt;"),
            "script",
            script,
            "data",
            data));
  }

  /**
   * A JSON value as an element that is no script, and that its content cannot close.
   *
   * @param id what the page's script finds it by
   */
  static String data(String id, String json) {
    return "<script type=\"application/json\" id=\"%s\">%s</script>\n"
        .formatted(
            id,
            // These stand in strings alone, where an escape means the same.
            json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
  }

  /** Values are not looked through for placeholders. */
  private String filled(Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  private static String hash(String inline) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String chartVersion() {
    Properties properties = new Properties();
    try (InputStream in = open("/" + CHART)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static String resource(String name) {
    return text("/dev/mallard/benchmarks/report/" + name);
  }

  /** A browser reads line ends as line feeds before it takes the hash. */
  private static String text(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = PageTemplate.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("the resource %s is missing".formatted(name));
    }
    return in;
  }
}
