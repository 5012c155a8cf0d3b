package dev.mallard.sandbox.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workers of one kind. Guarded by the roster's lock. */
final class Crew {
  /** After so many programs a quick worker is replaced: it is likely that many more come. */
  static final int PROBATION = 20;

  private static final int MOST_LOST_SUCCESSORS = 2;

  final List<Worker> starting = new ArrayList<>();
  // The one that has waited longest, and so has made most ahead, is first.
  final List<Worker> idle = new ArrayList<>();
  final List<Worker> busy = new ArrayList<>();
  int failures;
  boolean tooSmall;
  String complaint = "";
  long lastUse;

  // A lasting worker that gets ready to take the place of a quick one.
  private Optional<Worker> successor = Optional.empty();
  private int lostSuccessors;
  private int retiring;

  /** How many there are, without the one that is to take another's place. */
  int size() {
    return starting.size() + idle.size() + busy.size();
  }

  /** One that is idle, which then is busy. */
  Optional<Worker> lend() {
    while (!idle.isEmpty()) {
      Worker worker = idle.removeFirst();
      if (worker.isAlive()) {
        busy.add(worker);
        return Optional.of(worker);
      }
    }
    return Optional.empty();
  }

  boolean remove(Worker worker) {
    boolean removed = starting.remove(worker) || idle.remove(worker) || busy.remove(worker);
    if (removed && worker.pace() == Pace.QUICK && retiring > 0) {
      retiring--; // Its place is taken already.
    }
    return removed;
  }

  /** Whether a worker that is given back should get a successor. */
  boolean wantsSuccessorOf(Worker worker) {
    return worker.pace() == Pace.QUICK
        && (worker.programs() >= PROBATION || worker.hasComputed())
        && successor.isEmpty()
        && retiring == 0
        && lostSuccessors < MOST_LOST_SUCCESSORS;
  }

  void prepare(Worker lasting) {
    successor = Optional.of(lasting);
  }

  /** Whether a quick worker that is given back is no longer needed. */
  boolean isRetiring(Worker worker) {
    return retiring > 0 && worker.pace() == Pace.QUICK;
  }

  /** Takes the successor in, if it is that; says which worker it replaces, if that one is idle. */
  Optional<Worker> admit(Worker worker) {
    if (!isSuccessor(worker)) {
      return Optional.empty();
    }
    successor = Optional.empty();
    Optional<Worker> replaced =
        idle.stream().filter(quick -> quick.pace() == Pace.QUICK).findFirst();
    replaced.ifPresent(idle::remove);
    if (replaced.isEmpty() && busy.stream().anyMatch(quick -> quick.pace() == Pace.QUICK)) {
      retiring++;
    }
    idle.add(worker);
    return replaced;
  }

  boolean isSuccessor(Worker worker) {
    return successor.filter(lasting -> lasting == worker).isPresent();
  }

  void loseSuccessor() {
    successor = Optional.empty();
    lostSuccessors++;
  }

  void endAll() {
    List<Worker> all = new ArrayList<>(starting);
    all.addAll(idle);
    all.addAll(busy);
    successor.ifPresent(all::add);
    all.forEach(Worker::kill);
  }
}
