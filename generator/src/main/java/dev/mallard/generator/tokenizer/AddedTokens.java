package dev.mallard.generator.tokenizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds markup tokens in text. */
final class AddedTokens {
  private final Map<String, AddedToken> markup = new HashMap<>();
  private final Map<Integer, AddedToken> byId = new HashMap<>();
  private final Optional<Pattern> pattern;

  AddedTokens(Collection<AddedToken> tokens) {
    for (AddedToken token : tokens) {
      if (token.isMarkup() && !token.content().isEmpty()) {
        markup.put(token.content(), token);
        byId.put(token.id(), token);
      }
    }
    // Of several that begin at one place, the longest counts: so it stands first.
    pattern =
        markup.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Pattern.compile(
                    markup.keySet().stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|"))));
  }

  boolean isMarkup(int id) {
    return byId.containsKey(id);
  }

  /** The markup token of a spelling. */
  Optional<AddedToken> find(String content) {
    return Optional.ofNullable(markup.get(content));
  }

  /** Cuts a text at the markup in it. No plain piece is empty. */
  List<Piece> split(String text) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    if (pattern.isPresent()) {
      Matcher matcher = pattern.get().matcher(text);
      while (matcher.find()) {
        addPlain(pieces, text.substring(from, matcher.start()));
        find(matcher.group()).map(Piece.Marker::new).ifPresent(pieces::add);
        from = matcher.end();
      }
    }
    addPlain(pieces, text.substring(from));
    return List.copyOf(pieces);
  }

  /**
   * Makes one piece of plain pieces that follow each other, and lets markup take in the white space
   * around it that is its own. No plain piece is empty.
   */
  static List<Piece> join(List<Piece> pieces) {
    List<Piece> joined = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    boolean stripsRight = false;
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Plain(String text) -> plain.append(text);
        case Piece.Marker(AddedToken token) -> {
          addPlain(joined, strip(plain, stripsRight, token.stripsLeft()));
          plain.setLength(0);
          joined.add(piece);
          stripsRight = token.stripsRight();
        }
      }
    }
    addPlain(joined, strip(plain, stripsRight, false));
    return joined;
  }

  private static String strip(CharSequence plain, boolean leading, boolean trailing) {
    String text = leading ? plain.toString().stripLeading() : plain.toString();
    return trailing ? text.stripTrailing() : text;
  }

  private static void addPlain(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Plain(text));
    }
  }

  /**
   * Cuts a text inside every spelling of markup in it, so that no part holds one; for vocabularies
   * whose merges would build a markup token out of ordinary ones.
   */
  List<String> breakUp(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    if (pattern.isPresent()) {
      Matcher matcher = pattern.get().matcher(text);
      while (matcher.find()) {
        int cut = text.offsetByCodePoints(matcher.start(), 1);
        parts.add(text.substring(from, cut));
        from = cut;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
