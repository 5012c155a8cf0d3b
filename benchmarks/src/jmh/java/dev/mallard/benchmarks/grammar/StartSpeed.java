package dev.mallard.benchmarks.grammar;

import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.TokenMask;
import dev.mallard.grammars.parse.TokenMasks;
import dev.mallard.grammars.parse.TokenTrie;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long a new process takes to make a grammar ready: it, and its first mask. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 5,
    jvmArgs = {"-Xmx3g", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartSpeed {
  @Param({"PYTHON", "JAVA"})
  public BuiltInGrammar language;

  private Tokenizer tokenizer;

  /** Opens the tokenizer, which a model has anyway. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    tokenizer = QwenTokenizer.open(Path.of(System.getProperty(MaskSpeed.DATA)));
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    tokenizer.close();
  }

  /** The grammar alone. */
  @Benchmark
  public Grammar grammar() {
    return language.compile();
  }

  /** The grammar, the vocabulary's trie and the first mask. */
  @Benchmark
  public TokenMask firstMask() {
    Grammar grammar = language.compile();
    TokenTrie trie = TokenTrie.of(tokenizer.vocabularySize(), tokenizer::bytes);
    return new TokenMasks(grammar, trie).of(grammar.start());
  }
}
