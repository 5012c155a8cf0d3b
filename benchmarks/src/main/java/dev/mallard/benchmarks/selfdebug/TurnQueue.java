package dev.mallard.benchmarks.selfdebug;

import dev.mallard.generator.loop.Budget;
import dev.mallard.generator.loop.Event;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lets searches that share a budget take their turns one after the other: of those that wait, the
 * one with the fewest turns behind it is next, so that no problem is tried again before each has
 * been tried once; of those with as many, the one of whose programs the model is surest, as it is
 * of the easier problems. A turn also waits until the budget has room for its longest answers, unless no
 * other turn can give any back.
 */
final class TurnQueue {
  private final Budget budget;
  private final int places;
  private final long room;
  private final TreeSet<Place> waiting = new TreeSet<>();
  private int running;

  /**
   * One search's place in the queue.
   *
   * @param confidence the log-probability of its programs, per token; the highest of them
   */
  private record Place(int turn, double confidence, int search) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::turn)
            .thenComparing(Place::confidence, Comparator.reverseOrder())
            .thenComparingInt(Place::search);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
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
    private double confidence = Double.NEGATIVE_INFINITY;

    private Participant(int number) {
      this.number = number;
    }

    /** Waits where a turn begins. */
    @Override
    public void accept(Event event) {
      if (event instanceof Event.TurnStarted started) {
        close();
        enter(new Place(started.turn(), confidence, number));
        taking = true;
      } else if (event instanceof Event.AttemptCompleted completed
          && !Double.isNaN(completed.attempt().probability())) {
        confidence = Math.max(confidence, completed.attempt().probability());
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
   * @param number its place among those that are equal otherwise
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
