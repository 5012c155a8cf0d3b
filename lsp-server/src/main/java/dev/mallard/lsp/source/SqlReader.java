package dev.mallard.lsp.source;

import dev.mallard.lsp.source.Definition.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads SQL: statements of the schema and its rows, and comments that ask a question, each with the
 * query after it.
 */
final class SqlReader implements SourceReader {
  private static final Pattern ASKING =
      Pattern.compile("(?:question|query|todo)\\s*:\\s*", Pattern.CASE_INSENSITIVE);

  private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES");
  private static final Pattern UNWRITTEN =
      Pattern.compile("SELECT\\s*(?:\\.\\.\\.|…)?\\s*;?", Pattern.CASE_INSENSITIVE);

  @Override
  public Outline read(String text) {
    List<Definition> queries = new ArrayList<>();
    List<Span> schema = new ArrayList<>();
    Optional<Question> open = Optional.empty();
    for (SqlPieces.Piece piece : SqlPieces.of(text)) {
      if (piece.comment()) {
        if (!SourceLines.isFirst(text, piece.span().start())) {
          continue; // It is about the statement before it.
        }
        Optional<Question> asked = question(text, piece.span());
        if (asked.isPresent()) {
          open.ifPresent(question -> queries.add(question.unanswered()));
          open = asked;
        }
      } else if (QUERIES.contains(firstWord(text, piece.span()))) {
        open.ifPresent(question -> queries.add(question.answered(text, piece.span())));
        open = Optional.empty();
      } else {
        open.ifPresent(question -> queries.add(question.unanswered()));
        open = Optional.empty();
        schema.add(piece.span());
      }
    }
    open.ifPresent(question -> queries.add(question.unanswered()));
    return new Outline(queries, schema, 0, List.of(), List.of());
  }

  /**
   * What a comment asks.
   *
   * @param comment with its signs
   * @param words the part of it that asks, which may be several lines
   * @param asked the question in one line
   */
  private record Question(Span comment, Span words, String asked) {
    Definition unanswered() {
      return definition(comment, new Span(comment.end(), comment.end()), true);
    }

    Definition answered(String text, Span query) {
      boolean stub = UNWRITTEN.matcher(query.of(text)).matches();
      return definition(new Span(comment.start(), query.end()), query, stub);
    }

    private Definition definition(Span span, Span body, boolean stub) {
      return new Definition(
          asked, Optional.empty(), Kind.QUERY, span, words, body, asked, asked, stub, List.of());
    }
  }

  private static Optional<Question> question(String text, Span comment) {
    List<String> lines = new ArrayList<>();
    for (Span line : SourceLines.in(text, comment)) {
      String words = line.of(text).strip().replaceFirst("^(?:--+|/\\*+|\\*+(?!/))", "");
      String without = words.endsWith("*/") ? words.substring(0, words.length() - 2) : words;
      if (!without.isBlank()) {
        lines.add(without.strip());
      }
    }
    String asked = String.join(" ", lines);
    boolean labelled = ASKING.matcher(asked).lookingAt();
    String question = ASKING.matcher(asked).replaceFirst(labelled ? "" : "$0").strip();
    return question.isEmpty() || !(labelled || question.endsWith("?"))
        ? Optional.empty()
        : Optional.of(new Question(comment, comment, question));
  }

  private static String firstWord(String text, Span statement) {
    int end = statement.start();
    while (end < statement.end() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(statement.start(), end).toUpperCase(Locale.ROOT);
  }

  /** There is no other parser: what is no query of SQLite's is none. */
  @Override
  public boolean parses(String text) {
    return false;
  }

  @Override
  public List<SourceTest> readTests(String text, String program) {
    return List.of();
  }

  @Override
  public List<Path> testFiles(Path source) {
    return List.of();
  }
}
