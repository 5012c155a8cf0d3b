package dev.mallard.lsp.source;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.Node.Parsedness;
import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.comments.JavadocComment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A text in Java, parsed as far as it can be. */
final class JavaText {
  /** How deep brackets may lie in one another: the parser recurses. */
  private static final int DEEPEST = 200;

  private final String text;
  private final List<Integer> lineStarts = new ArrayList<>();
  private final Optional<CompilationUnit> unit;
  private final TreeMap<Integer, Span> documentation = new TreeMap<>(); // By their ends.
  private final List<Span> comments = new ArrayList<>();

  private JavaText(String text) {
    this.text = text;
    lineStarts.add(0);
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      boolean carriage =
          character == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n');
      if (character == '\n' || carriage) {
        lineStarts.add(index + 1);
      }
    }
    this.unit = parse();
  }

  /** Parses a text; of one that is too long or nested too deeply there is no tree. */
  static JavaText of(String text) {
    return new JavaText(text);
  }

  /** Whether the text is Java, all of it; one that was not read may be. */
  boolean parses() {
    if (text.length() > SyntaxTree.LONGEST_TEXT || JavaBrackets.of(text).deepest() > DEEPEST) {
      return true;
    }
    try {
      return parser().parse(text).isSuccessful();
    } catch (StackOverflowError | RuntimeException e) {
      return false;
    }
  }

  /** A parser for parts of Java. */
  static JavaParser parser() {
    ParserConfiguration configuration = new ParserConfiguration();
    configuration.setLanguageLevel(LanguageLevel.JAVA_25);
    configuration.setAttributeComments(false);
    return new JavaParser(configuration);
  }

  private Optional<CompilationUnit> parse() {
    JavaBrackets brackets = JavaBrackets.of(text);
    if (text.length() > SyntaxTree.LONGEST_TEXT || brackets.deepest() > DEEPEST) {
      return Optional.empty();
    }
    try {
      Optional<CompilationUnit> parsed = parse(text);
      // What is being typed often lacks its last braces.
      return parsed.isEmpty() && brackets.openBraces() > 0
          ? parse(text + "\n" + "}".repeat(brackets.openBraces()))
          : parsed;
    } catch (StackOverflowError | RuntimeException e) {
      return Optional.empty(); // The parser is not made for texts that are no Java.
    }
  }

  private Optional<CompilationUnit> parse(String whole) {
    ParseResult<CompilationUnit> result = parser().parse(whole);
    Optional<CompilationUnit> parsed =
        result.getResult().filter(one -> one.getParsed() == Parsedness.PARSED);
    if (parsed.isPresent()) {
      result.getCommentsCollection().ifPresent(found -> found.getComments().forEach(this::add));
      comments.sort(Comparator.comparingInt(Span::start));
    }
    return parsed;
  }

  private void add(Comment comment) {
    Span span = span(comment);
    comments.add(span);
    if (comment instanceof JavadocComment) {
      documentation.put(span.end(), span);
    }
  }

  Optional<CompilationUnit> unit() {
    return unit;
  }

  String text() {
    return text;
  }

  /** Where a node is; nowhere in particular if the parser does not tell. */
  Span span(Node node) {
    return node.getRange().map(this::span).orElse(new Span(text.length(), text.length()));
  }

  private Span span(Range range) {
    int start = offset(range.begin);
    return new Span(start, Math.clamp(offset(range.end) + 1L, start, text.length()));
  }

  private int offset(Position position) {
    int line = Math.clamp(position.line - 1, 0, lineStarts.size() - 1);
    return Math.clamp(lineStarts.get(line) + position.column - 1L, 0, text.length());
  }

  /** What a node's text is. */
  String of(Node node) {
    return span(node).of(text);
  }

  /** The documentation right before a place. */
  Optional<Span> documentationBefore(int place) {
    return Optional.ofNullable(documentation.floorEntry(place))
        .map(Map.Entry::getValue)
        .filter(comment -> SourceLines.isBlank(text, new Span(comment.end(), place)));
  }

  /** The comments in a part of the text. */
  List<Span> commentsIn(Span part) {
    int index = Collections.binarySearch(comments, part, Comparator.comparingInt(Span::start));
    List<Span> found = new ArrayList<>();
    for (int at = index < 0 ? -index - 1 : index; at < comments.size(); at++) {
      if (comments.get(at).start() >= part.end()) {
        break;
      }
      found.add(comments.get(at));
    }
    return found;
  }
}
