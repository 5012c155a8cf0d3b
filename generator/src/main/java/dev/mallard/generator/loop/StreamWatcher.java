package dev.mallard.generator.loop;

import dev.mallard.generator.model.GenerationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes on the text of a turn as it comes, and ends the generation once every candidate holds a
 * whole program, as what models write after that is talk, or repeats one line without end.
 *
 * <p>Stop strings cannot do this: a closing fence is an opening one to them.
 */
final class StreamWatcher implements GenerationListener {
  /** A small model that has written a line this often will write nothing else. */
  private static final int SAME_LINES = 16;

  private final int turn;
  private final int first;
  private final CodeExtractor extractor;
  private final Consumer<Event> events;
  private final List<StringBuilder> texts = new ArrayList<>();
  private final boolean[] complete;

  /**
   * Watches a request.
   *
   * @param first the place of its first candidate in the turn
   */
  StreamWatcher(
      int turn, int first, int candidates, CodeExtractor extractor, Consumer<Event> events) {
    this.turn = turn;
    this.first = first;
    this.extractor = extractor;
    this.events = events;
    this.complete = new boolean[candidates];
    for (int i = 0; i < candidates; i++) {
      texts.add(new StringBuilder());
    }
  }

  @Override
  public void onText(int candidate, String text) {
    if (complete[candidate]) {
      return;
    }
    events.accept(new Event.TextGenerated(turn, first + candidate, text));
    StringBuilder answer = texts.get(candidate).append(text);
    if (text.indexOf('`') >= 0 || text.indexOf('~') >= 0 || text.indexOf('\n') >= 0) {
      complete[candidate] = extractor.isComplete(answer.toString()) || isStuck(answer);
    }
  }

  /** Whether an answer has repeated one line so often that no more was waited for. */
  static boolean isStuck(CharSequence answer) {
    List<String> lines = answer.toString().lines().toList();
    int last = lines.size() - 1;
    if (last < SAME_LINES || lines.get(last - 1).isBlank()) {
      return false;
    }
    // The last line may be unfinished.
    return lines.subList(last - SAME_LINES, last).stream().distinct().count() == 1;
  }

  @Override
  public boolean cancelled() {
    for (boolean candidate : complete) {
      if (!candidate) {
        return false;
      }
    }
    return true;
  }
}
