package dev.mallard.cli;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.transcript.EventJson;
import java.io.PrintStream;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Prints every event as one line of JSON; {@code docs/transcripts.md} documents the fields. */
final class JsonEvents implements Consumer<Event> {
  private final JsonMapper mapper = new JsonMapper();
  private final EventJson json = new EventJson();
  private final PrintStream out;

  JsonEvents(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(Event event) {
    out.println(mapper.writeValueAsString(json.json(event)));
    out.flush();
  }
}
