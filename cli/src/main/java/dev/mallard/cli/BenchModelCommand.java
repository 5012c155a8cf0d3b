package dev.mallard.cli;

import dev.mallard.benchmarks.engine.ModelSpeed;
import dev.mallard.benchmarks.engine.SpeedMeter;
import dev.mallard.generator.UserException;
import dev.mallard.generator.engine.LocalModel;
import dev.mallard.generator.model.LanguageModel;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Measures how fast a model runs on this machine. */
@Command(
    name = "bench-model",
    description =
        "Measures a model on this machine: load, first token, prefill and decoding, memory.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchModelCommand implements Callable<Integer> {
  private static final double GIGA = 1e9;

  private final Services services;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  BenchModelCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelOpener.Choice choice = model.choice();
    // The first time converts the weights, and is not what is measured.
    services.models().open(choice, services.console()).close();
    long start = System.nanoTime();
    try (LanguageModel opened = services.models().open(choice, services.console())) {
      double load = (System.nanoTime() - start) / GIGA;
      if (!(opened instanceof LocalModel local)) {
        throw new UserException(
            "bench-model measures models that run in this process, without --endpoint and --adapter.");
      }
      ModelSpeed speed = SpeedMeter.measure(local, load);
      PrintStream out = services.console().out();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(speed));
      } else {
        print(speed, out);
      }
    }
    return ExitCode.SUCCESS;
  }

  private static void print(ModelSpeed speed, PrintStream out) {
    out.println(speed.model());
    out.printf(Locale.ROOT, "load             %.2f s%n", speed.loadSeconds());
    out.printf("weights          %s read in a step%n", Numbers.gibibytes(speed.weightBytes()));
    out.printf(
        Locale.ROOT,
        "key-value cache  %s, room for %,d tokens%n",
        Numbers.gibibytes(speed.cacheBytes()),
        speed.cachePositions());
    out.printf("process          %s in use%n", Numbers.gibibytes(speed.processBytes()));
    out.printf(Locale.ROOT, "memory           %.1f GB/s read%n%n", speed.memoryBandwidth() / GIGA);
    out.println("sequences  prompt tokens  first token  prefill tok/s  decode tok/s  of bandwidth");
    for (ModelSpeed.Rate rate : speed.rates()) {
      out.printf(
          Locale.ROOT,
          "%9d  %13d  %9.2f s  %13.1f  %12.1f  %11.0f%%%n",
          rate.sequences(),
          rate.promptTokens(),
          rate.firstTokenSeconds(),
          rate.prefillRate(),
          rate.decodeRate(),
          100 * rate.ofBandwidth());
    }
  }
}
