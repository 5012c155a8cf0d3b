package dev.mallard.lsp.splice;

import dev.mallard.lsp.source.Definition;
import dev.mallard.lsp.source.Definition.Kind;
import dev.mallard.lsp.source.Outline;
import dev.mallard.lsp.source.SourceReader;
import dev.mallard.lsp.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts one definition of a program that a model wrote into a file, in the place of the file's own
 * definition of that name: its body alone where the parameters are the same, so that the user's
 * signature and documentation stay. What else it needs comes with it: imports, and definitions that
 * the file does not have.
 */
public final class Splicer {
  private final SourceReader reader;
  private final LanguageStyle style;
  private final String file;
  private final Outline outline;
  private final Definition target;

  /**
   * Prepares to fill a definition.
   *
   * @param file the text that it is in
   * @param outline of that text
   */
  public Splicer(
      SourceReader reader, LanguageStyle style, String file, Outline outline, Definition target) {
    this.reader = reader;
    this.style = style;
    this.file = file;
    this.outline = outline;
    this.target = target;
  }

  /** The file with the program in it; empty if that defines nothing of the name. */
  public Optional<Spliced> splice(String program) {
    Outline written = reader.read(program);
    return counterpart(written)
        .map(source -> {
          List<Spliced.Piece> pieces = new ArrayList<>();
          pieces.addAll(imports(program, written));
          pieces.addAll(helpers(program, written, source));
          pieces.add(main(program, source));
          return Spliced.of(file, pieces);
        });
  }

  private Optional<Definition> counterpart(Outline written) {
    List<Definition> same =
        written.definitions().stream()
            .filter(definition -> definition.name().equals(target.name()))
            .filter(
                definition -> (definition.kind() == Kind.CLASS) == (target.kind() == Kind.CLASS))
            .toList();
    return same.stream()
        .filter(definition -> definition.container().equals(target.container()))
        .findFirst()
        .or(() -> same.isEmpty() ? Optional.empty() : Optional.of(same.getLast()));
  }

  private Spliced.Piece main(String program, Definition source) {
    boolean bodyAlone =
        target.kind() != Kind.CLASS
            && !source.body().of(program).isBlank()
            && Parameters.names(source.signature(), style.typesFirst())
                .equals(Parameters.names(target.signature(), style.typesFirst()));
    return bodyAlone ? body(program, source) : whole(program, source);
  }

  private Spliced.Piece whole(String program, Definition source) {
    String text =
        Indentation.moved(program, source.span(), Indentation.before(file, target.span().start()));
    return new Spliced.Piece(new Replacement(target.span(), text), line(program, source.span()));
  }

  private Spliced.Piece body(String program, Definition source) {
    Span place = target.body();
    String outer = Indentation.before(file, target.span().start());
    boolean ownLine =
        file.substring(Indentation.lineStart(file, place.start()), place.start()).isBlank();
    if (ownLine && place.start() < place.end()) {
      String text =
          Indentation.moved(program, source.body(), Indentation.before(file, place.start()));
      return new Spliced.Piece(new Replacement(place, text), line(program, source.body()));
    }
    String inner = outer + style.unit(file);
    String text = "\n" + inner + Indentation.moved(program, source.body(), inner);
    if (style.braces()) {
      // What stands between the braces goes, white space too.
      int start = place.start();
      int end = place.end();
      while (start > 0 && Character.isWhitespace(file.charAt(start - 1))) {
        start--;
      }
      while (end < file.length() && Character.isWhitespace(file.charAt(end))) {
        end++;
      }
      place = new Span(start, end);
      text += "\n" + outer;
    } else {
      int start = place.start();
      while (start > 0 && " \t".indexOf(file.charAt(start - 1)) >= 0) {
        start--;
      }
      place = new Span(start, place.end());
    }
    return new Spliced.Piece(new Replacement(place, text), line(program, source.body()));
  }

  private List<Spliced.Piece> imports(String program, Outline written) {
    Set<String> known =
        outline.imports().stream().map(span -> span.of(file).strip()).collect(Collectors.toSet());
    List<Spliced.Piece> pieces = new ArrayList<>();
    for (Span span : written.imports()) {
      String text = span.of(program).strip();
      if (known.add(text)) {
        Span place = new Span(outline.importPlace(), outline.importPlace());
        pieces.add(new Spliced.Piece(new Replacement(place, text + "\n"), line(program, span)));
      }
    }
    return pieces;
  }

  /** Definitions beside the one that is wanted, which the file lacks. */
  private List<Spliced.Piece> helpers(String program, Outline written, Definition source) {
    Set<String> known =
        outline.definitions().stream().map(Definition::qualifiedName).collect(Collectors.toSet());
    List<Spliced.Piece> pieces = new ArrayList<>();
    for (Definition helper : written.definitions()) {
      if (helper.equals(source) || isAround(helper, source)) {
        continue;
      }
      if (helper.container().isPresent()) {
        // A method comes with its class, or beside its sibling.
        if (helper.container().equals(source.container())
            && target.container().isPresent()
            && known.add(target.container().get() + "." + helper.name())) {
          pieces.add(after(program, helper, target));
        }
      } else if (known.add(helper.name())) {
        pieces.add(before(program, helper));
      }
    }
    return pieces;
  }

  /** Whether a definition is a class that another is in. */
  private static boolean isAround(Definition outer, Definition inner) {
    return outer.kind() == Kind.CLASS
        && outer.span().start() <= inner.span().start()
        && inner.span().end() <= outer.span().end();
  }

  private Spliced.Piece after(String program, Definition helper, Definition sibling) {
    String indent = Indentation.before(file, sibling.span().start());
    String text = "\n\n" + indent + Indentation.moved(program, helper.span(), indent);
    Span place = new Span(sibling.span().end(), sibling.span().end());
    return new Spliced.Piece(new Replacement(place, text), line(program, helper.span()));
  }

  private Spliced.Piece before(String program, Definition helper) {
    int start = outermost().span().start();
    String text =
        Indentation.moved(program, helper.span(), "") + "\n" + "\n".repeat(style.blankLines());
    int line = Indentation.lineStart(file, start);
    return new Spliced.Piece(
        new Replacement(new Span(line, line), text), line(program, helper.span()));
  }

  /** The definition at the top level that the target is in, or is. */
  private Definition outermost() {
    return outline.definitions().stream()
        .filter(definition -> definition.container().isEmpty() && isAround(definition, target))
        .findFirst()
        .orElse(target);
  }

  private static Optional<Integer> line(String program, Span span) {
    return Optional.of(
        1 + (int) program.substring(0, span.start()).chars().filter(c -> c == '\n').count());
  }
}
