package dev.mallard.generator.problem;

import dev.mallard.generator.UserException;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;

/**
 * Takes a Markdown text apart: the title and the blocks that have a role come out, and the lines
 * that are left are the statement.
 */
final class ProblemParser {

  /** What a fenced code block is for, as the second word after its fence says. */
  private enum Role {
    SIGNATURE("signature"),
    TESTS("tests"),
    HIDDEN_TESTS("hidden-tests");

    private final String word;

    Role(String word) {
      this.word = word;
    }
  }

  private record RoleBlock(Language language, String code, int line) {}

  /**
   * Spellings that are meant as a role and are none. They are errors: taken for ordinary code
   * blocks they would show hidden tests to the model.
   */
  private static final List<String> NEAR_ROLES =
      List.of("signature", "signatures", "test", "tests", "hiddentest", "hiddentests", "hidden");

  private static final Parser MARKDOWN =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          // Inline markup has no meaning here: a title is taken as it is written.
          .inlineParserFactory(context -> verbatim())
          // Far above what people write, and a bound on the work for what others do.
          .maxOpenBlockParsers(32)
          .build();

  private final String name;
  private final Languages languages;
  private final List<String> lines;
  private final Document document;
  private final boolean[] cut;
  private final Map<Role, RoleBlock> blocks = new EnumMap<>(Role.class);

  ProblemParser(String name, String text, Languages languages) {
    String normal = text.startsWith("\uFEFF") ? text.substring(1) : text;
    normal = normal.replace("\r\n", "\n").replace('\r', '\n');
    this.name = name;
    this.languages = languages;
    this.lines = List.of(normal.split("\n", -1));
    this.document = (Document) MARKDOWN.parse(normal);
    this.cut = new boolean[lines.size()];
  }

  Problem parse() {
    rejectNonText();
    String title = title();
    for (FencedCodeBlock fence : fences()) {
      take(fence);
    }
    Language language = language();
    for (RoleBlock block : blocks.values()) {
      if (!block.language().equals(language)) {
        throw error(block.line(), "all blocks of a problem are in one language");
      }
    }
    return new Problem(
        title,
        statement(),
        Optional.ofNullable(blocks.get(Role.SIGNATURE)).map(block -> block.code().stripTrailing()),
        language,
        suite(Role.TESTS),
        suite(Role.HIDDEN_TESTS));
  }

  /** That of the tests; a signature will do where the model can propose tests. */
  private Language language() {
    RoleBlock tests = blocks.get(Role.TESTS);
    RoleBlock signature = blocks.get(Role.SIGNATURE);
    if (tests != null) {
      return tests.language();
    }
    if (signature != null && !signature.language().isTestedByExchanges()) {
      return signature.language();
    }
    String label = signature == null ? Language.PYTHON.label() : signature.language().label();
    throw error(
        String.join("\n", lines).stripTrailing().split("\n", -1).length,
        "the problem ends without tests: add a code block that opens with ```%s %s%s"
            .formatted(
                label,
                Role.TESTS.word,
                signature == null ? ", or at least one with ```python signature" : ""));
  }

  private TestSuite suite(Role role) {
    return Optional.ofNullable(blocks.get(role)).map(this::suite).orElse(TestSuite.EMPTY);
  }

  private TestSuite suite(RoleBlock tests) {
    return tests.language().isTestedByExchanges()
        ? new TestSuite.StandardIo(
            new ExchangeText(tests.code(), (line, what) -> error(tests.line() + line, what)).read())
        : TestSuite.asserts(tests.code());
  }

  private void rejectNonText() {
    if (lines.stream().allMatch(String::isBlank)) {
      throw new UserException(
          "%s is empty; a problem file has a title and a tests block.".formatted(name));
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).indexOf('\0') >= 0) {
        throw error(i + 1, "there is a NUL character, so this is no text");
      }
    }
  }

  private String title() {
    if (document.getFirstChild() instanceof Heading heading
        && heading.getFirstChild() instanceof Text text) {
      String title = text.getLiteral().replaceAll("\\s+", " ").strip();
      if (!title.isEmpty()) {
        cutOut(heading);
        return title;
      }
    }
    int first = 0;
    while (lines.get(first).isBlank()) {
      first++;
    }
    throw error(first + 1, "a problem begins with its title, a line such as \"# Add two numbers\"");
  }

  /** All fenced code blocks, those inside lists and quotations too, by line. */
  private List<FencedCodeBlock> fences() {
    List<FencedCodeBlock> found = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>();
    open.push(document);
    while (!open.isEmpty()) {
      for (Node node = open.pop().getFirstChild(); node != null; node = node.getNext()) {
        if (node instanceof FencedCodeBlock fence) {
          found.add(fence);
        } else if (node instanceof Block) {
          open.push(node);
        }
      }
    }
    found.sort((a, b) -> Integer.compare(line(a), line(b)));
    return found;
  }

  private void take(FencedCodeBlock fence) {
    if (fence.getClosingFenceLength() == null) {
      throw error(
          line(fence),
          "the code block that begins here is never closed: end it with a line of "
              + fence.getFenceCharacter().repeat(fence.getOpeningFenceLength()));
    }
    List<String> words = Arrays.asList(fence.getInfo().strip().split("\\s+"));
    Optional<Role> role = role(fence, words);
    if (role.isEmpty()) {
      return;
    }
    String word = role.get().word;
    Language language =
        languages
            .byLabel(words.getFirst())
            .orElseThrow(() ->
                error(
                    line(fence),
                    "the language \"%s\" is not known; known: %s"
                        .formatted(words.getFirst(), languages.known())));
    if (!(fence.getParent() instanceof Document)) {
      throw error(line(fence), "a %s block stands outside lists and quotations".formatted(word));
    }
    if (language.comments().areAllOf(fence.getLiteral())) {
      throw error(line(fence), "the %s block is empty".formatted(word));
    }
    RoleBlock earlier =
        blocks.putIfAbsent(role.get(), new RoleBlock(language, fence.getLiteral(), line(fence)));
    if (earlier != null) {
      throw error(
          line(fence),
          "this is a second %s block (the first is at line %d): join them"
              .formatted(word, earlier.line()));
    }
    cutOut(fence);
  }

  private Optional<Role> role(FencedCodeBlock fence, List<String> words) {
    String plain = words.getFirst().toLowerCase(Locale.ROOT);
    for (Role role : Role.values()) {
      if (words.size() == 1 && plain.equals(role.word)) {
        throw error(
            line(fence),
            "the block's language is missing: open it with ```%s %s"
                .formatted(Language.PYTHON.label(), role.word));
      }
      if (words.size() == 2 && words.get(1).equals(role.word)) {
        return Optional.of(role);
      }
    }
    if (words.size() > 1) {
      String second = words.get(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      if (NEAR_ROLES.contains(second)) {
        throw error(
            line(fence),
            "\"%s\" is not understood: a code block is %s signature, %s tests or %s hidden-tests"
                .formatted(
                    String.join(" ", words), words.getFirst(), words.getFirst(), words.getFirst()));
      }
    }
    return Optional.empty();
  }

  /** The lines that are left, without the blank lines at their ends and where a block was. */
  private String statement() {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = from;
      while (to < lines.size() && !cut[to]) {
        to++;
      }
      int start = from;
      int end = to;
      while (start < end && lines.get(start).isBlank()) {
        start++;
      }
      while (end > start && lines.get(end - 1).isBlank()) {
        end--;
      }
      if (start < end) {
        parts.add(String.join("\n", lines.subList(start, end)));
      }
      from = to + 1;
    }
    return String.join("\n\n", parts);
  }

  private void cutOut(Block block) {
    for (SourceSpan span : block.getSourceSpans()) {
      cut[span.getLineIndex()] = true;
    }
  }

  private static int line(Block block) {
    return block.getSourceSpans().getFirst().getLineIndex() + 1;
  }

  private UserException error(int line, String message) {
    return new UserException("%s:%d: %s.".formatted(name, line, message));
  }

  private static InlineParser verbatim() {
    return (source, node) -> node.appendChild(new Text(source.getContent()));
  }
}
