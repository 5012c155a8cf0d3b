package dev.mallard.generator.loop;

import dev.mallard.generator.model.GenerationListener;
import java.util.function.Consumer;

/**
 * Passes on the text of a turn as it comes, and ends each candidate once it holds a whole program,
 * as what models write after that is talk, or repeats itself without end.
 *
 * <p>Stop strings cannot do this: a closing fence is an opening one to them.
 */
final class StreamWatcher implements GenerationListener {
  private final int turn;
  private final int first;
  private final CodeExtractor extractor;
  private final Consumer<Event> events;

  /**
   * Watches a request.
   *
   * @param first the place of its first candidate in the turn
   */
  StreamWatcher(int turn, int first, CodeExtractor extractor, Consumer<Event> events) {
    this.turn = turn;
    this.first = first;
    this.extractor = extractor;
    this.events = events;
  }

  @Override
  public void onText(int candidate, String text) {
    events.accept(new Event.TextGenerated(turn, first + candidate, text));
  }

  @Override
  public boolean isComplete(String text) {
    return extractor.isComplete(text) || Repetition.isStuck(text);
  }
}
