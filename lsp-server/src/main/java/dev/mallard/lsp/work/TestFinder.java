package dev.mallard.lsp.work;

import dev.mallard.lsp.document.Documents;
import dev.mallard.lsp.document.PositionEncoding;
import dev.mallard.lsp.document.TextDocument;
import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.SourceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tests of source files: in their documentation, beside their definitions, and in test
 * files, of which the editor's text counts where it has them open.
 */
public final class TestFinder {
  private static final Logger LOG = LoggerFactory.getLogger(TestFinder.class);

  private final Documents documents;
  private final PositionEncoding encoding;

  public TestFinder(Documents documents, PositionEncoding encoding) {
    this.documents = documents;
    this.encoding = encoding;
  }

  /**
   * The tests of a document.
   *
   * @param others that stand in no definition's documentation
   */
  public record Found(Analysis analysis, List<TestPlan.Located> others) {
    public Found {
      others = List.copyOf(others);
    }

    /** The tests of all that the document holds. */
    public TestPlan all() {
      List<TestPlan.Located> tests = new ArrayList<>();
      for (Definition definition : analysis.outline().definitions()) {
        add(tests, analysis.document(), definition.examples());
      }
      tests.addAll(others);
      return TestPlan.of(tests);
    }

    /** The tests of one definition: those in its documentation, and those that use its name. */
    public TestPlan of(Definition definition) {
      List<TestPlan.Located> tests = new ArrayList<>();
      add(tests, analysis.document(), definition.examples());
      for (TestPlan.Located other : others) {
        if (other.test().isSetUp() || other.test().names().contains(definition.name())) {
          tests.add(other);
        }
      }
      return TestPlan.of(tests);
    }
  }

  /** The tests of what a document holds. */
  public Found of(Analysis analysis) {
    List<TestPlan.Located> others = new ArrayList<>();
    add(others, analysis.document(), analysis.outline().tests());
    others.addAll(ofFiles(analysis));
    return new Found(analysis, others);
  }

  private static void add(
      List<TestPlan.Located> located, TextDocument document, List<SourceTest> tests) {
    tests.forEach(test -> located.add(new TestPlan.Located(document, test)));
  }

  private List<TestPlan.Located> ofFiles(Analysis analysis) {
    List<TestPlan.Located> tests = new ArrayList<>();
    Documents.path(analysis.document().uri())
        .ifPresent(source -> {
          for (Path file : analysis.reader().testFiles(source)) {
            read(file, analysis.document().languageId())
                .ifPresent(document ->
                    add(
                        tests,
                        document,
                        analysis
                            .reader()
                            .readTests(document.text(), source.getFileName().toString())));
          }
        });
    return tests;
  }

  private Optional<TextDocument> read(Path file, String languageId) {
    Optional<TextDocument> open = documents.find(file);
    if (open.isPresent()) {
      return open;
    }
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= Analyses.LONGEST) {
        return Optional.of(
            TextDocument.of(
                file.toUri().toASCIIString(), languageId, 0, encoding, Files.readString(file)));
      }
    } catch (IOException e) {
      LOG.info("a file of tests cannot be read: {}", file, e);
    }
    return Optional.empty();
  }
}
