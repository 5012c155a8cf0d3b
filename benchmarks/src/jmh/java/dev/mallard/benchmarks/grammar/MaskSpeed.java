package dev.mallard.benchmarks.grammar;

import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.parse.Grammar;
import dev.mallard.grammars.parse.Prefix;
import dev.mallard.grammars.parse.TokenMask;
import dev.mallard.grammars.parse.TokenMasks;
import dev.mallard.grammars.parse.TokenTrie;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

/**
 * How long it takes to find the tokens that may come next, with a real vocabulary, at every place
 * of real programs. Masks are asked for of half of the programs first; what is measured are those
 * of the other half, each place once. Then all that was found is forgotten, and it begins again.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx3g", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 2, time = 15)
@Measurement(iterations = 4, time = 15)
public class MaskSpeed {
  /** The folder with the data sets. */
  static final String DATA = "mallard.data";

  @Param({"PYTHON", "JAVA"})
  public BuiltInGrammar language;

  /** By program, the bytes of its tokens. */
  private List<byte[][]> programs;

  private TokenTrie trie;
  private TokenMasks masks;
  private Grammar grammar;
  private Prefix prefix;
  private int program;
  private int place;

  /** Reads the vocabulary and the programs. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    Path data = Path.of(System.getProperty(DATA, "../../shared/data"));
    try (Tokenizer tokenizer = QwenTokenizer.open(data)) {
      trie = TokenTrie.of(tokenizer.vocabularySize(), tokenizer::bytes);
      programs = new ArrayList<>();
      for (String text : BenchmarkPrograms.of(language, data)) {
        int[] tokens = tokenizer.encodeOrdinary(text);
        programs.add(Arrays.stream(tokens).mapToObj(tokenizer::bytes).toArray(byte[][]::new));
      }
    }
    Collections.shuffle(programs, new Random(1));
    begin();
  }

  /** Forgets all, and asks for the masks of the first half of the programs. */
  private void begin() {
    grammar = language.compile();
    masks = new TokenMasks(grammar, trie);
    for (program = 0; program < programs.size() / 2; program++) {
      Prefix reading = grammar.start();
      for (byte[] token : programs.get(program)) {
        masks.of(reading);
        reading = reading.feed(token, 0, token.length);
      }
    }
    prefix = grammar.start();
    place = 0;
  }

  /** Goes to the next place. */
  @TearDown(Level.Invocation)
  public void advance() {
    byte[] token = programs.get(program)[place++];
    prefix = prefix.feed(token, 0, token.length);
    if (place == programs.get(program).length) {
      program++;
      place = 0;
      prefix = grammar.start();
      if (program == programs.size()) {
        begin();
      }
    }
  }

  /** One mask. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public TokenMask mask() {
    return masks.of(prefix);
  }
}
