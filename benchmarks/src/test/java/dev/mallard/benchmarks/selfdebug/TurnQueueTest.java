package dev.mallard.benchmarks.selfdebug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mallard.generator.loop.Budget;
import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.SpendingLimit;
import dev.mallard.generator.loop.TurnKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
  private static final int SEARCHES = 20;
  private static final int TURNS = 5;

  private final List<Integer> turns = Collections.synchronizedList(new ArrayList<>());

  @Test
  void noSearchIsAheadOfOneThatWaits() throws Exception {
    run(new TurnQueue(budget(1000), 1, 10));

    assertThat(turns).hasSize(SEARCHES * TURNS).isSorted();
  }

  @Test
  void aTurnForWhichThereIsNoRoomIsTakenWhenNoOtherIsRunning() throws Exception {
    run(new TurnQueue(budget(9), 8, 10));

    assertThat(turns).hasSize(SEARCHES * TURNS).isSorted();
  }

  /** All have begun to wait before the first may go on, so that their order is the queue's. */
  private void run(TurnQueue queue) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (TurnQueue.Participant holder = queue.participant(-1)) {
        holder.accept(turn(0));
        for (int i = 0; i < SEARCHES; i++) {
          int number = i;
          threads.execute(() -> search(queue, number));
        }
        while (queue.waiting() < SEARCHES) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private void search(TurnQueue queue, int number) {
    try (TurnQueue.Participant participant = queue.participant(number)) {
      for (int turn = 1; turn <= TURNS; turn++) {
        participant.accept(turn(turn));
        turns.add(turn);
      }
    }
  }

  private static Event turn(int turn) {
    return new Event.TurnStarted(turn, TurnKind.FRESH, 4, 0.8);
  }

  private static Budget budget(long tokens) {
    return new Budget(SpendingLimit.NONE.withTokens(tokens), InstantSource.system());
  }
}
