package dev.mallard.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.benchmarks.evaluation.HostileRun;
import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.SampleRun;
import dev.mallard.benchmarks.evaluation.TaskResult;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitReportTest {
  /** What Surefire's schema allows of each element that is written: attributes, and children. */
  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "testsuite", Set.of("name", "time", "tests", "errors", "skipped", "failures"),
          "properties", Set.of(),
          "property", Set.of("name", "value"),
          "testcase", Set.of("name", "classname", "time"),
          "failure", Set.of("message", "type"),
          "error", Set.of("message", "type"));

  private static final Map<String, Set<String>> CHILDREN =
      Map.of(
          "testsuite", Set.of("properties", "testcase"),
          "properties", Set.of("property"),
          "property", Set.of(),
          "testcase", Set.of("failure", "error"),
          "failure", Set.of(),
          "error", Set.of());

  @TempDir private Path folder;

  @Test
  void hasATestCaseForEachTask() throws Exception {
    RunFolder run = SampleRun.of(1, 0.4).write(folder);
    Element suite = parsed(JUnitReport.of(run)).getDocumentElement();
    check(suite);
    List<Element> cases = elements(suite.getElementsByTagName("testcase"));
    assertThat(cases)
        .extracting(element -> element.getAttribute("name"))
        .containsExactlyElementsOf(run.results().stream().map(TaskResult::id).toList());
    long passed = run.results().stream().filter(TaskResult::passed).count();
    assertThat(suite.getAttribute("tests")).isEqualTo("60");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("failures")).isEqualTo(String.valueOf(59 - passed));
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(59 - passed);
    Element error = (Element) suite.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("message"))
        .isEqualTo("The statement has 9,120 tokens, and the model reads 4,096.");
    assertThat(cases)
        .extracting(element -> element.getAttribute("time"))
        .allMatch(time -> time.matches("\\d+\\.\\d{3}"));
  }

  @Test
  void namesTheVerdictOfAFailure() throws Exception {
    RunFolder run = SampleRun.of(1, 0.4).write(folder);
    Document document = parsed(JUnitReport.of(run));
    for (Element failure : elements(document.getElementsByTagName("failure"))) {
      String id = ((Element) failure.getParentNode()).getAttribute("name");
      TaskResult result =
          run.results().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
      assertThat(failure.getAttribute("type")).isEqualTo(result.chosen().orElseThrow().label());
      assertThat(failure.getAttribute("message"))
          .endsWith(failure.getAttribute("type"))
          .startsWith(
              result.falsePositive()
                  ? "the chosen program passes the visible tests, but"
                  : "the chosen program: ");
      assertThat(failure.getTextContent()).contains("def ");
    }
  }

  @Test
  void isXmlWhateverProgramsHold() throws Exception {
    Document document = parsed(JUnitReport.of(HostileRun.write(folder)));
    check(document.getDocumentElement());
    String all = document.getDocumentElement().getTextContent();
    assertThat(all)
        .contains(HostileRun.SCRIPT)
        .contains("bell \\x07")
        .contains("null \\x00")
        .contains("half a pair \\ud83e,")
        .contains("\ud83e\udd86");
  }

  @Test
  void leavesHarmlessTextAsItIs() {
    assertThat(JUnitReport.harmless("a\tb\n\u00e9 \ud83e\udd86 ]]>"))
        .isEqualTo("a\tb\n\u00e9 \ud83e\udd86 ]]>");
    assertThat(JUnitReport.harmless("\u0000\u001b\r\u007f\uffff\ud83e"))
        .isEqualTo("\\x00\\x1b\\x0d\\x7f\\uffff\\ud83e");
  }

  private static void check(Element element) {
    String name = element.getTagName();
    assertThat(ATTRIBUTES).containsKey(name);
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      attributes.add(element.getAttributes().item(i).getNodeName());
    }
    assertThat(attributes).as(name).hasSameElementsAs(ATTRIBUTES.get(name));
    for (Element child : elements(element.getChildNodes())) {
      assertThat(CHILDREN.get(name)).as(name).contains(child.getTagName());
      check(child);
    }
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static Document parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }
}
