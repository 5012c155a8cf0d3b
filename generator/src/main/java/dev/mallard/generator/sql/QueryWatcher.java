package dev.mallard.generator.sql;

import dev.mallard.generator.loop.CodeExtractor;
import dev.mallard.generator.model.GenerationListener;
import java.util.function.Consumer;

/** Passes on the text of a turn, and ends each candidate once it holds a query. */
final class QueryWatcher implements GenerationListener {
  private final int turn;
  private final CodeExtractor extractor;
  private final Consumer<SqlEvent> events;

  QueryWatcher(int turn, CodeExtractor extractor, Consumer<SqlEvent> events) {
    this.turn = turn;
    this.extractor = extractor;
    this.events = events;
  }

  @Override
  public void onText(int candidate, String text) {
    events.accept(new SqlEvent.TextGenerated(turn, candidate, text));
  }

  @Override
  public boolean isComplete(String text) {
    return extractor.isComplete(text);
  }
}
