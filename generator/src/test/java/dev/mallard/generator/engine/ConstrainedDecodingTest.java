package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.Completion.Finish;
import dev.mallard.generator.model.FencedProgram;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Precision;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.tokenizer.Tokenizer;
import dev.mallard.grammars.BuiltInGrammar;
import dev.mallard.grammars.GrammarException;
import dev.mallard.grammars.GrammarSource;
import dev.mallard.grammars.parse.Grammar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A model without sense writes texts of the grammar that it is held to. */
class ConstrainedDecodingTest {
  private static final FencedProgram JSON =
      new FencedProgram(
          "json",
          new GrammarSource(
              """
              start: value
              value: "{" [pair ("," pair)*] "}" | "[" [value ("," value)*] "]" | STRING | NUMBER | "true"
              pair: STRING ":" value
              STRING: /"[a-z]*"/
              NUMBER: /-?(0|[1-9][0-9]?)(\\.[0-9])?/
              %ignore /[ \\n]/
              """,
              GrammarSource.Notation.LARK));

  private static final FencedProgram PYTHON =
      new FencedProgram("python", BuiltInGrammar.PYTHON.source());

  @TempDir static Path directory;

  /** A token for each byte; that of 0 ends a text. */
  private static final class BytesTokenizer implements Tokenizer {
    @Override
    public int vocabularySize() {
      return 256;
    }

    @Override
    public int[] encode(String text) {
      return text.chars().map(c -> c & 0xff).toArray();
    }

    @Override
    public int[] encodeOrdinary(String text) {
      return encode(text);
    }

    @Override
    public byte[] bytes(int token) {
      return token == 0 ? new byte[0] : new byte[] {(byte) token};
    }

    @Override
    public void close() {}
  }

  @Test
  void whatEndsIsATextOfTheGrammar() throws InterruptedException {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    try (LocalModel model = load(true)) {
      int ended = 0;
      for (Completion completion :
          model.generate(
              request("write", 40, 200, Sampling.temperature(1)).in(JSON),
              GenerationListener.SILENT)) {
        assertThat(completion.text()).startsWith("```json\n");
        if (completion.finish() == Finish.END) {
          ended++;
          mapper.readTree(program(completion));
        }
      }
      assertThat(ended).isGreaterThan(20);
    }
  }

  @Test
  void whatDoesNotEndCanStillBecomeOne() throws InterruptedException {
    Grammar grammar = BuiltInGrammar.PYTHON.compile();
    try (LocalModel model = load(true)) {
      for (Sampling sampling : List.of(Sampling.GREEDY, new Sampling(1, 40, 0.95, 0.01))) {
        for (Completion completion :
            model.generate(
                request("write", 8, 100, sampling).in(PYTHON), GenerationListener.SILENT)) {
          // The last character may be unfinished.
          byte[] program =
              program(completion).replaceAll("\uFFFD$", "").getBytes(StandardCharsets.UTF_8);
          assertThat(grammar.start().feed(program, 0, program.length).isViable()).isTrue();
          if (completion.finish() == Finish.END) {
            assertThat(grammar.accepts(program)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void noLineOfAProgramLooksLikeTheFenceThatEndsIt() throws InterruptedException {
    FencedProgram ticks =
        new FencedProgram(
            "", new GrammarSource("start: /'[` \\n]{60,}'\\n/", GrammarSource.Notation.LARK));
    int lines = 0;
    try (LocalModel model = load(true)) {
      for (Completion completion :
          model.generate(
              request("write", 20, 100, Sampling.temperature(1)).in(ticks),
              GenerationListener.SILENT)) {
        List<String> program = program(completion).lines().toList();
        assertThat(program).noneMatch(line -> line.strip().startsWith("```"));
        lines += program.size();
      }
    }
    assertThat(lines).isGreaterThan(200);
  }

  @Test
  void guessesAndTokensWithoutAlternativeChangeNothing() throws InterruptedException {
    FencedProgram repeating =
        new FencedProgram(
            "",
            new GrammarSource(
                "start: (\"quack\" \"(\" (\"duck\" | \"drake\") \")\" \";\")+ \"end\"",
                GrammarSource.Notation.LARK));
    for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.temperature(1))) {
      List<Completion> each = new ArrayList<>();
      for (boolean speculation : List.of(true, false)) {
        try (LocalModel model = load(speculation)) {
          each.add(
              model
                  .generate(
                      request("quack(duck);quack(drake);", 1, 150, sampling).in(repeating),
                      GenerationListener.SILENT)
                  .getFirst());
        }
      }
      assertThat(each.getFirst().text()).isEqualTo(each.getLast().text()).contains("quack(d");
      assertThat(each.getFirst().tokens()).isEqualTo(each.getLast().tokens());
      assertThat(each.getFirst().logProbability())
          .isCloseTo(each.getLast().logProbability(), org.assertj.core.data.Offset.offset(1e-2));
    }
  }

  @Test
  void requestsOfOtherFormsInTheSameBatchAreAnsweredAsEachAlone() throws Exception {
    List<GenerationRequest> requests =
        List.of(
            request("one", 2, 60, Sampling.temperature(1)),
            request("two", 2, 60, Sampling.temperature(1)).in(JSON),
            request("three", 1, 60, Sampling.GREEDY),
            request("four", 1, 60, Sampling.GREEDY).in(PYTHON));
    List<List<String>> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (LocalModel model = load(false)) {
        alone.add(texts(model.generate(request, GenerationListener.SILENT)));
      }
    }
    List<List<String>> together = new ArrayList<>();
    try (LocalModel model = load(false);
        ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
      List<Future<List<Completion>>> running = new ArrayList<>();
      for (GenerationRequest request : requests) {
        running.add(threads.submit(() -> model.generate(request, GenerationListener.SILENT)));
      }
      for (Future<List<Completion>> one : running) {
        together.add(texts(one.get()));
      }
    }
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void aGrammarWithAFaultFailsItsRequestAndNoOther() throws Exception {
    FencedProgram faulty =
        new FencedProgram("", new GrammarSource("start: other", GrammarSource.Notation.LARK));
    GenerationRequest other = request("one", 2, 200, Sampling.temperature(1));
    try (LocalModel model = load(true);
        ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<List<Completion>> running =
          threads.submit(() -> model.generate(other, GenerationListener.SILENT));
      assertThatThrownBy(() ->
              model.generate(
                  request("two", 3, 50, Sampling.GREEDY).in(faulty), GenerationListener.SILENT))
          .hasRootCauseInstanceOf(GrammarException.class);
      assertThat(running.get()).hasSize(2);
      assertThat(model.generate(other, GenerationListener.SILENT)).hasSize(2);
      assertThat(model.heldPositions()).isZero();
    }
  }

  /** What stands in the code block. */
  private static String program(Completion completion) {
    String text = completion.text();
    String program = text.substring(text.indexOf('\n') + 1);
    return program.endsWith("```") ? program.substring(0, program.length() - 3) : program;
  }

  private static List<String> texts(List<Completion> completions) {
    return completions.stream().map(Completion::text).toList();
  }

  private static GenerationRequest request(
      String text, int candidates, int maxTokens, Sampling sampling) {
    return new GenerationRequest(
        List.of(Message.user(text)), candidates, maxTokens, sampling, 5, List.of());
  }

  private static LocalModel load(boolean speculation) {
    Tokenizer tokenizer = new BytesTokenizer();
    return LocalModel.load(
        "random",
        RandomCheckpoint.small(),
        tokenizer,
        conversation -> tokenizer.encode(conversation.getLast().content()),
        new LocalModelOptions(Precision.FLOAT32, 1, directory).withSpeculation(speculation),
        LoadListener.SILENT);
  }
}
