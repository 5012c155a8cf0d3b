package dev.mallard.benchmarks.selfdebug;

import dev.mallard.generator.loop.Budget;
import dev.mallard.generator.loop.Event;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lets searches that share a budget take their turns one after the other: of those that wait, the
 * one with the fewest turns behind it is next, so that no problem is tried again before each has
 * been tried once. A turn also waits until the budget has room for its longest answers, unless no
 * other turn can give any back.
 */
final class TurnQueue {
  private final Budget budget;
  private final int places;
  private final long room;
  private final TreeSet<Place> waiting = new TreeSet<>();
  private int running;

  /** One search's place in the queue: fewer turns first, then as the problems are ordered. */
  private record Place(int turn, int search) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return turn != other.turn
          ? Integer.compare(turn, other.turn)
          : Integer.compare(search, other.search);
    }
  }

  /**
   * Makes one.
   *
   * @param places how many turns are taken at the same time
   * @param room of a turn, in tokens
   */
  TurnQueue(Budget budget, int places, long room) {
    this.budget = budget;
    this.places = places;
    this.room = room;
  }

  /** A search that takes part; its events are to be told to it. */
  final class Participant implements Consumer<Event>, AutoCloseable {
    private final int number;
    private boolean taking;

    private Participant(int number) {
      this.number = number;
    }

    /** Waits where a turn begins. */
    @Override
    public void accept(Event event) {
      if (event instanceof Event.TurnStarted started) {
        close();
        enter(new Place(started.turn(), number));
        taking = true;
      }
    }

    /** Ends its turn. */
    @Override
    public void close() {
      if (taking) {
        taking = false;
        leave();
      }
    }
  }

  /**
   * Lets a search take part.
   *
   * @param number its place among those that have taken as many turns
   */
  Participant participant(int number) {
    return new Participant(number);
  }

  private synchronized void enter(Place place) {
    waiting.add(place);
    try {
      while (!waiting.first().equals(place) || !hasRoom()) {
        wait();
      }
    } catch (InterruptedException e) {
      // The search notices at its next request.
      Thread.currentThread().interrupt();
    }
    waiting.remove(place);
    running++;
    notifyAll();
  }

  private boolean hasRoom() {
    return running == 0 || (running < places && budget.tokensLeft() >= room);
  }

  /** How many wait for their turn. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }
}
