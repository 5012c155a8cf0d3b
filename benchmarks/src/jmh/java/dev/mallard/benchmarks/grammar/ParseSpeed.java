package dev.mallard.benchmarks.grammar;

import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast real programs are read with a grammar, byte by byte. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx3g", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 2, time = 10)
@Measurement(iterations = 3, time = 10)
public class ParseSpeed {
  @Param({"PYTHON", "JAVA"})
  public BuiltInGrammar language;

  private List<byte[]> programs = List.of();
  private Grammar grammar;
  private int next;

  /** What was read. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Amount {
    public double megabytes;

    /** Begins anew. */
    @Setup(Level.Iteration)
    public void clear() {
      megabytes = 0;
    }
  }

  /** Reads the programs. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    grammar = language.compile();
    programs =
        BenchmarkPrograms.of(language, Path.of(System.getProperty(MaskSpeed.DATA))).stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** One program. */
  @Benchmark
  public boolean parse(Amount amount) {
    byte[] program = programs.get(next++ % programs.size());
    amount.megabytes += program.length / 1e6;
    return grammar.accepts(program);
  }
}
