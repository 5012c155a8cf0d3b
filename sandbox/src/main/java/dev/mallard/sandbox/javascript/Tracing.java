package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.polyglot.Observer;
import java.util.Optional;

/** Traces what happens between the beginning and the end of one test, if one is to be traced. */
final class Tracing {
  private final Optional<String> place;
  private Optional<Observer> observer = Optional.empty();
  private boolean done;

  /**
   * Prepares to trace.
   *
   * @param place the test, as {@link TestLog} knows it
   */
  Tracing(Optional<String> place) {
    this.place = place;
  }

  boolean wanted() {
    return place.isPresent();
  }

  void observe(Observer next) {
    if (!done) {
      observer = Optional.of(next);
    }
  }

  void begin(String reached) {
    if (!done && place.equals(Optional.of(reached))) {
      observer.ifPresent(Observer::startTrace);
    }
  }

  void end(String left) {
    if (place.equals(Optional.of(left))) {
      done = true;
      observer.ifPresent(Observer::stopTrace);
    }
  }

  Optional<Observer> observer() {
    return observer;
  }
}
