package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.SampleResult;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.benchmarks.evaluation.TaskVerdict;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as the XML that Surefire writes, which servers for continuous integration read: a test case
 * for each task, a failure where the chosen program is not right, an error where nothing could be
 * tried.
 */
public final class JUnitReport {
  private JUnitReport() {}

  /** The document as text. */
  public static String of(RunFolder run) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suite(xml, run);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  /** Writes it to a file; what is there is replaced. */
  public static void write(RunFolder run, Path file) {
    ReportFile.write(file, of(run));
  }

  private static void suite(XMLStreamWriter xml, RunFolder run) throws XMLStreamException {
    List<TaskResult> results = run.results();
    long passed = results.stream().filter(TaskResult::passed).count();
    long errors =
        results.stream().filter(result -> result.failure().isPresent() && !result.passed()).count();
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", "mallard." + run.config().dataSet());
    attribute(xml, "time", seconds(results.stream().mapToDouble(TaskResult::seconds).sum()));
    attribute(xml, "tests", String.valueOf(results.size()));
    attribute(xml, "errors", String.valueOf(errors));
    attribute(xml, "skipped", "0");
    attribute(xml, "failures", String.valueOf(results.size() - passed - errors));
    properties(xml, run);
    for (TaskResult result : results) {
      testCase(xml, run, result);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void properties(XMLStreamWriter xml, RunFolder run) throws XMLStreamException {
    indent(xml, 1);
    xml.writeStartElement("properties");
    property(xml, "mallard.version", run.config().mallard());
    property(xml, "mallard.model", run.config().model());
    property(xml, "mallard.dataHash", run.config().dataHash());
    property(xml, "mallard.seed", String.valueOf(run.config().seed()));
    indent(xml, 1);
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    indent(xml, 2);
    xml.writeEmptyElement("property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
  }

  private static void testCase(XMLStreamWriter xml, RunFolder run, TaskResult result)
      throws XMLStreamException {
    indent(xml, 1);
    if (result.passed()) {
      xml.writeEmptyElement("testcase");
    } else {
      xml.writeStartElement("testcase");
    }
    attribute(xml, "name", result.id());
    attribute(xml, "classname", "mallard." + run.config().dataSet());
    attribute(xml, "time", seconds(result.seconds()));
    if (result.passed()) {
      return;
    }
    if (result.failure().isPresent()) {
      problem(xml, "error", "nothing-tried", result.failure().get(), Optional.empty());
    } else {
      String verdict = result.chosen().map(TaskVerdict::label).orElse("no-program");
      problem(
          xml,
          "failure",
          verdict,
          result.falsePositive()
              ? "the chosen program passes the visible tests, but: " + verdict
              : "the chosen program: " + verdict,
          lastDecided(result));
    }
    indent(xml, 1);
    xml.writeEndElement();
  }

  private static void problem(
      XMLStreamWriter xml, String element, String type, String message, Optional<String> text)
      throws XMLStreamException {
    indent(xml, 2);
    xml.writeStartElement(element);
    attribute(xml, "message", message);
    attribute(xml, "type", type);
    if (text.isPresent()) {
      xml.writeCharacters(harmless(text.get()));
    }
    xml.writeEndElement();
  }

  /** The last program that was the best after a turn, which is the chosen one. */
  private static Optional<String> lastDecided(TaskResult result) {
    return result.samples().reversed().stream()
        .filter(sample -> sample.hidden().equals(result.chosen()) && sample.hidden().isPresent())
        .map(SampleResult::program)
        .findFirst();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, harmless(value));
  }

  private static void indent(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** XML 1.0 has no way to write some characters, not even as references; see its section 2.2. */
  static String harmless(String text) {
    StringBuilder harmless = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean allowed =
              c == '\t'
                  || c == '\n'
                  || (c >= 0x20 && c <= 0xd7ff)
                  || (c >= 0xe000 && c <= 0xfffd)
                  || c >= 0x10000;
          if (allowed && !(c >= 0x7f && c < 0xa0)) {
            harmless.appendCodePoint(c);
          } else {
            harmless.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
          }
        });
    return harmless.toString();
  }
}
