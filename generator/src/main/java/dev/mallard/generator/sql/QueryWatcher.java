package dev.mallard.generator.sql;

import dev.mallard.generator.loop.CodeExtractor;
import dev.mallard.generator.model.GenerationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes on the text of a turn, and ends the generation once every candidate holds a query. */
final class QueryWatcher implements GenerationListener {
  private final int turn;
  private final CodeExtractor extractor;
  private final Consumer<SqlEvent> events;
  private final List<StringBuilder> texts = new ArrayList<>();
  private final boolean[] complete;

  QueryWatcher(int turn, int candidates, CodeExtractor extractor, Consumer<SqlEvent> events) {
    this.turn = turn;
    this.extractor = extractor;
    this.events = events;
    complete = new boolean[candidates];
    for (int i = 0; i < candidates; i++) {
      texts.add(new StringBuilder());
    }
  }

  @Override
  public void onText(int candidate, String text) {
    if (complete[candidate]) {
      return;
    }
    events.accept(new SqlEvent.TextGenerated(turn, candidate, text));
    StringBuilder answer = texts.get(candidate).append(text);
    if (text.indexOf('`') >= 0 || text.indexOf('\n') >= 0) {
      complete[candidate] = extractor.isComplete(answer.toString());
    }
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
