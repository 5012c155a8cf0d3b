package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import java.util.List;
import java.util.OptionalInt;

/**
 * A search that was read from a file.
 *
 * @param events in order, from {@link Event.Started} on; what the model wrote comes in one {@link
 *     Event.TextGenerated} for each program, before its {@link Event.Answered}
 * @param cutLine the last line, from 1, if it is not whole and was left out
 */
public record Recording(List<Event> events, OptionalInt cutLine) {
  public Recording {
    events = List.copyOf(events);
    if (!(events.getFirst() instanceof Event.Started)) {
      throw new IllegalArgumentException("a search begins with its start");
    }
  }

  /** How it begins. */
  public Event.Started started() {
    return (Event.Started) events.getFirst();
  }

  /** Whether its end is there; without, it broke off or was still going on. */
  public boolean ended() {
    return switch (events.getLast()) {
      case Event.Solved solved -> true;
      case Event.GaveUp gaveUp -> true;
      case Event.Cancelled cancelled -> true;
      default -> false;
    };
  }
}
