package dev.mallard.cli;

import dev.mallard.benchmarks.evaluation.TaskResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a run is, with its rate, the time that is left and pass@1 so far: a bar on a
 * terminal, else a line for each tenth of the tasks.
 */
final class BenchProgress implements Consumer<TaskResult>, AutoCloseable {
  private static final int WIDTH = 100;

  private final Console console;
  private final int all;
  private final Optional<ProgressBar> bar;
  private final long start = System.nanoTime();
  private final int before;
  private int done;
  private int passed;

  private BenchProgress(Console console, int all, int done, int passed, Optional<ProgressBar> bar) {
    this.console = console;
    this.all = all;
    this.before = done;
    this.done = done;
    this.passed = passed;
    this.bar = bar;
  }

  /**
   * Begins to show it.
   *
   * @param all how many tasks there are
   * @param earlier the results that are there already
   */
  static BenchProgress of(Console console, int all, List<TaskResult> earlier) {
    int passed = (int) earlier.stream().filter(TaskResult::passed).count();
    Optional<PrintStream> terminal =
        console.interactive() ? Optional.of(console.err()) : Optional.empty();
    Optional<ProgressBar> bar =
        terminal.map(stream ->
            new ProgressBarBuilder()
                .setTaskName("tasks")
                .setInitialMax(all)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
                .startsFrom(earlier.size(), Duration.ZERO)
                .showSpeed()
                .build());
    return new BenchProgress(console, all, earlier.size(), passed, bar);
  }

  @Override
  public void accept(TaskResult result) {
    done++;
    passed += result.passed() ? 1 : 0;
    String share = String.format(Locale.ROOT, "pass@1 %.1f%%", 100.0 * passed / done);
    if (bar.isPresent()) {
      bar.get().setExtraMessage(" " + share);
      bar.get().stepTo(done);
    } else if (done == all || 10L * done / all > 10L * (done - 1) / all) {
      double seconds = (System.nanoTime() - start) / 1e9;
      double rate = (done - before) / seconds;
      console.message(
          String.format(
              Locale.ROOT,
              "%d of %d tasks, %s, %.1f a minute, %.0f s left",
              done,
              all,
              share,
              60 * rate,
              (all - done) / rate));
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
