package dev.mallard.benchmarks.dataset;

import dev.mallard.generator.problem.Language;
import dev.mallard.sandbox.TestSuite;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs and tests of HumanEval-X (Zheng et al., arXiv 2303.17568) in one language. */
enum HumanEvalXPart {
  PYTHON("python", 53_055, "5752fb122efddb0e9b47c77907ae6ce9a15aac4dea14e44c46032c831e6b987a"),
  JAVA("java", 55_950, "276f36db2eb7aeb864f36a19a2f4e1bb2460fb6e22ff100f0b5bedabe3799967"),
  JAVASCRIPT("js", 52_009, "fe5d467f2c1a027b3f6f18d3729aca01f6458c1de2e2d1292a019c5aa9bed424");

  static final int TASKS = 164;
  static final String LICENCE = "Apache-2.0";
  static final String SOURCE = "https://arxiv.org/abs/2303.17568";

  private static final String HOME =
      "https://raw.githubusercontent.com/zai-org/CodeGeeX/2838420b7b4492cf3d16bce5320e26e65960c9e2/codegeex/benchmark/humaneval-x/";

  private static final Pattern PYTHON_DEFINITION = Pattern.compile("(?m)^def (?<name>\\w+)\\(.*$");

  /** JavaScript/32 calls a function that is not there after all tests of its examples. */
  private static final String STRAY_CALL = "testPoly()\ntestfindZero()";

  /** Where tests begin: Python/119 has a part of its solution before them. */
  private static final Pattern PYTHON_CHECK = Pattern.compile("(?m)^def check\\(");

  /** A quotation mark too many, which Python/142 has in its docstring and so in its declaration. */
  private static final Pattern LONE_QUOTE = Pattern.compile("(?m)^ *\" *\\n");

  private final String abbreviation;
  private final long bytes;
  private final String sha256;

  HumanEvalXPart(String abbreviation, long bytes, String sha256) {
    this.abbreviation = abbreviation;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  Language language() {
    return switch (this) {
      case PYTHON -> Language.PYTHON;
      case JAVA -> Language.JAVA;
      case JAVASCRIPT -> Language.JAVASCRIPT;
    };
  }

  String label() {
    return language().label();
  }

  private String file() {
    return "humaneval_" + abbreviation + ".jsonl.gz";
  }

  RemoteDataFile remoteFile() {
    URI address = URI.create(HOME + abbreviation + "/data/" + file());
    return new RemoteDataFile(file(), address, bytes, sha256);
  }

  /** All tasks, from the file that was named, or the one beside it that is in this language. */
  List<DataRow> rows(DataFiles files, boolean alone) {
    String unpacked = file().replace(".gz", "");
    return files.rows(
        alone
            ? files.file("humaneval-x", file(), unpacked)
            : files.fileInFolder("humaneval-x", file(), unpacked));
  }

  /**
   * The lines that a program must define: imports, functions that are given, and the first line.
   */
  String signature(DataRow row) {
    String declaration = row.text("declaration");
    if (this == PYTHON) {
      // Python/115 and 142 have something of the body too.
      Matcher matcher = PYTHON_DEFINITION.matcher(declaration);
      int end = 0;
      while (matcher.find()) {
        end = matcher.end();
      }
      return declaration.substring(0, end).strip();
    }
    return declaration.strip();
  }

  /** The reference program without what says what it does. */
  String bareReference(DataRow row) {
    String declaration = LONE_QUOTE.matcher(row.text("declaration")).replaceAll("");
    return declaration.stripLeading() + row.text("canonical_solution");
  }

  String reference(DataRow row) {
    return row.text("prompt") + row.text("canonical_solution");
  }

  /** The tests that the prompt speaks of; empty for some. */
  TestSuite visibleTests(DataRow row) {
    String tests = row.text("example_test").replace(STRAY_CALL, "testPoly()");
    Matcher check = PYTHON_CHECK.matcher(tests);
    return suite(row, this == PYTHON && check.find() ? tests.substring(check.start()) : tests);
  }

  TestSuite hiddenTests(DataRow row) {
    return suite(row, row.text("test"));
  }

  /** Tests in Python can call functions that the prompt gives: those who answer may leave them. */
  private TestSuite suite(DataRow row, String tests) {
    if (tests.isBlank()) {
      return TestSuite.EMPTY;
    }
    Optional<String> helpers =
        Optional.of(row.text("declaration"))
            .filter(declaration -> this == PYTHON)
            .map(declaration -> PythonSource.helpers(declaration, name(declaration)));
    return TestSuite.asserts(helpers.orElse("") + tests);
  }

  private static String name(String declaration) {
    Matcher matcher = PYTHON_DEFINITION.matcher(declaration);
    String name = "";
    while (matcher.find()) {
      name = matcher.group("name");
    }
    return name;
  }
}
