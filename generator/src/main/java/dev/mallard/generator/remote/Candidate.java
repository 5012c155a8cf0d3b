package dev.mallard.generator.remote;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.CompletionText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A completion in the making. Used by one thread. */
final class Candidate {
  /** A server that goes on for longer than that has not counted its tokens. */
  private static final int MOST_CHARACTERS_PER_TOKEN = 32;

  private final List<String> stops;
  private final CompletionText text;
  private final long mostCharacters;
  private long characters;
  private String half = "";
  private int pieces;
  private int counted;
  private double logProbability;
  private boolean begun;
  private boolean cutShort;
  private Optional<Finish> finish = Optional.empty();

  Candidate(List<String> stops, int maxTokens) {
    this.stops = stops;
    this.text = new CompletionText(stops);
    this.mostCharacters = 1000L + (long) MOST_CHARACTERS_PER_TOKEN * maxTokens;
  }

  /** Whether the server has spoken of it at all. */
  boolean begun() {
    return begun;
  }

  boolean finished() {
    return finish.isPresent();
  }

  /** Whether it is finished, and the server does not know it. */
  boolean cutShort() {
    return cutShort;
  }

  /** Adds what came; does nothing once it is finished. */
  void add(Chunk.Choice choice) {
    if (finished()) {
      return;
    }
    begun = true;
    if (!choice.text().isEmpty() || choice.reasoning()) {
      pieces++;
    }
    for (double value : choice.logProbabilities()) {
      counted++;
      logProbability += value;
    }
    if (!choice.text().isEmpty() && choice.logProbabilities().isEmpty()) {
      logProbability = Double.NaN;
    }
    boolean tooLong = addText(choice.text());
    cutShort = (text.stopped() || tooLong) && choice.finishReason().isEmpty();
    if (text.stopped()) {
      finish(Finish.STOP);
    } else if (choice.finishReason().isPresent()) {
      finish(reason(choice));
    } else if (tooLong) {
      finish(Finish.LENGTH);
    }
  }

  /** Ends it since its text needs no more, though the server may send more. */
  void suffice() {
    cutShort = !finished();
    finish(Finish.STOP);
  }

  /** All of its text that has come. */
  String text() {
    return text.text();
  }

  /** Ends it; what was held back is released. */
  void finish(Finish reason) {
    if (!finished()) {
      text.add(whole(half).getBytes(StandardCharsets.UTF_8));
      text.end();
      finish = Optional.of(reason);
    }
  }

  /** The text that has become certain since the last call; perhaps empty. */
  String release() {
    return text.release();
  }

  /** How many tokens it has, as far as one sees: servers mostly send them one by one. */
  int tokensSeen() {
    return counted > 0 ? counted : Math.max(pieces, TokenEstimate.of(text.text()));
  }

  Completion completion(int promptTokens, int tokens) {
    return new Completion(
        text.text(),
        finish.orElse(Finish.CANCELLED),
        promptTokens,
        tokens,
        counted == 0 ? Double.NaN : logProbability);
  }

  /** Whether there was more than can be. */
  private boolean addText(String more) {
    String piece = half + more;
    boolean splits =
        !piece.isEmpty() && Character.isHighSurrogate(piece.charAt(piece.length() - 1));
    half = splits ? piece.substring(piece.length() - 1) : "";
    piece = piece.substring(0, piece.length() - half.length());
    long room = mostCharacters - characters;
    boolean tooLong = piece.length() > room;
    if (tooLong) {
      piece = piece.substring(0, (int) room);
    }
    characters += piece.length();
    text.add(whole(piece).getBytes(StandardCharsets.UTF_8));
    return tooLong;
  }

  /** The text with halves of characters, which JSON can have, replaced. */
  private static String whole(String text) {
    return text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Finish reason(Chunk.Choice choice) {
    return switch (choice.finishReason().orElse("")) {
      case "length" -> Finish.LENGTH;
      case "stop_sequence" -> Finish.STOP;
      case "stop" ->
          choice.stopString().filter(stops::contains).isPresent() ? Finish.STOP : Finish.END;
      default -> Finish.END;
    };
  }
}
