package dev.mallard.cli.models;

import dev.mallard.generator.catalogue.ByteSize;
import dev.mallard.generator.catalogue.DownloadProgress;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a download: a bar on a terminal, else a line for every tenth of it. To be closed when the
 * download is over, well or not.
 */
public final class ConsoleProgress implements DownloadProgress, AutoCloseable {
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final Optional<PrintStream> terminal;
  private Optional<ProgressBar> bar = Optional.empty();
  private long tenths = -1;

  private ConsoleProgress(PrintWriter out, Optional<PrintStream> terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows it in plain lines. */
  public static ConsoleProgress lines(PrintWriter out) {
    return new ConsoleProgress(out, Optional.empty());
  }

  /** Shows it on the error stream: as a bar if there is a terminal, else in lines. */
  public static ConsoleProgress onStandardError(PrintWriter err) {
    return new ConsoleProgress(err, Terminal.console().map(console -> System.err));
  }

  @Override
  public void onProgress(State state) {
    if (terminal.isPresent()) {
      ProgressBar shown = bar.orElseGet(() -> newBar(terminal.get(), state));
      bar = Optional.of(shown);
      shown.stepTo(state.bytes());
      return;
    }
    long now = state.total() == 0 ? 10 : state.bytes() * 10 / state.total();
    if (now > tenths) {
      tenths = now;
      out.printf(
          Locale.ROOT,
          "%s: %d%% of %s, %s/s%n",
          state.model(),
          now * 10,
          ByteSize.format(state.total()),
          ByteSize.format((long) state.bytesPerSecond()));
      out.flush();
    }
  }

  @Override
  public void onMessage(String sentence) {
    out.println(sentence);
    out.flush();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    tenths = -1;
  }

  private static ProgressBar newBar(PrintStream stream, State state) {
    return new ProgressBarBuilder()
        .setTaskName(state.model())
        .setInitialMax(state.total())
        .setUnit(" MB", 1_000_000)
        .setStyle(ProgressBarStyle.ASCII)
        .setMaxRenderedLength(WIDTH)
        .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
        // What an earlier try left is no part of this one's speed.
        .startsFrom(state.bytes(), java.time.Duration.ZERO)
        .showSpeed()
        .build();
  }
}
