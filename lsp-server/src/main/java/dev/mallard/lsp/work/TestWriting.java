package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.LoopSettings;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.lsp.source.Definition;
import dev.mallard.sandbox.Execution;
import dev.mallard.sandbox.GuestLanguage;
import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Sandbox;
import dev.mallard.sandbox.TestSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has the model write tests of a definition and proposes them. Of a definition that is written,
 * only tests that it passes are proposed: they say what it does, and whether that is right is the
 * user's to judge.
 */
public final class TestWriting {
  private static final int ANSWERS = 3;
  private static final int MOST_TOKENS = 300;
  private static final int MOST_TESTS = 8;
  private static final int MOST_TRIED = 24;
  private static final int LONGEST_TEST = 300;
  private static final int LONGEST_DOCUMENTATION = 2000;

  private final Services services;

  /**
   * What came of it.
   *
   * @param tests how many are proposed
   * @param applied whether the editor has them in its document
   */
  public record Result(int tests, boolean applied) {}

  public TestWriting(Services services) {
    this.services = services;
  }

  /**
   * Writes tests.
   *
   * @throws UserException if there is no model, or none of its tests can be used
   * @throws InterruptedException if the calling thread is interrupted
   */
  public Result write(String uri, String name, Progress progress) throws InterruptedException {
    Target target = services.target(uri, name);
    TestForm form = TestForm.of(target.analysis().guest());
    LoopSettings loop = services.loop();
    List<Completion> answers =
        services
            .model()
            .use(
                services.wish(),
                progress::report,
                model -> {
                  progress.report("the model writes tests of " + name);
                  return ask(model, target, form, loop);
                });
    progress.report("trying the tests");
    List<String> tests = usable(target, form, answers, loop.limits());
    if (tests.isEmpty()) {
      throw new UserException(
          target.definition().stub()
              ? "The model wrote no test of %s that can be run: write one yourself, or ask again with another seed."
                  .formatted(name)
              : "No test that the model wrote of %s passes: write one yourself, or ask again with another seed."
                  .formatted(name));
    }
    Target now = services.target(uri, target.definition().qualifiedName());
    String label = "Add %d tests of %s that the model proposes".formatted(tests.size(), name);
    Editor.Answer answer =
        services
            .editor()
            .propose(
                new Editor.Proposal(
                    now.analysis().document(), label, List.of(form.insertion(now, tests))));
    return new Result(tests.size(), answer == Editor.Answer.APPLIED);
  }

  private static List<Completion> ask(
      LanguageModel model, Target target, TestForm form, LoopSettings loop)
      throws InterruptedException {
    Definition definition = target.definition();
    String question =
        PromptTemplate.load(TestWriting.class, "tests.md")
            .fill(
                Map.of(
                    "name", Quoted.inline(definition.qualifiedName(), 100),
                    "language", target.analysis().language().displayName(),
                    "program",
                        Quoted.fenced(target.analysis().language().label(), target.program()),
                    "documentation",
                        Quoted.tagged(
                            "documentation",
                            Quoted.cut(definition.documentation(), LONGEST_DOCUMENTATION)),
                    "form", form.example(definition)));
    List<Message> conversation = List.of(Message.user(question));
    int room = model.contextLength() - model.countTokens(conversation);
    if (room < MOST_TOKENS) {
      throw new UserException(
          "%s is too long for this model, which reads at most %d tokens: use a model with a longer context."
              .formatted(definition.name(), model.contextLength()));
    }
    return model.generate(
        new GenerationRequest(
            conversation,
            ANSWERS,
            MOST_TOKENS,
            new Sampling(loop.temperature(), 0, 0.95, 0),
            loop.seed(),
            List.of()),
        GenerationListener.SILENT);
  }

  private List<String> usable(Target target, TestForm form, List<Completion> answers, Limits limits)
      throws InterruptedException {
    Set<String> written = new LinkedHashSet<>();
    for (Completion answer : answers) {
      answer
          .text()
          .lines()
          .map(String::strip)
          .filter(line -> line.length() <= LONGEST_TEST)
          .flatMap(line -> form.statement(line, target.definition()).stream())
          .filter(line -> !target.plan().suite().source().contains(line))
          .forEach(written::add);
    }
    Sandbox sandbox = services.sandbox().get();
    GuestLanguage guest = target.analysis().guest();
    List<String> usable = new ArrayList<>();
    for (String test : written.stream().limit(MOST_TRIED).toList()) {
      TestSuite suite = TestSuite.asserts(test + "\n");
      if (usable.size() < MOST_TESTS && sandbox.check(guest, suite).isEmpty()) {
        Execution execution = new Execution(guest, target.analysis().program(), suite, limits);
        if (target.definition().stub() || sandbox.run(execution).verdict().passed()) {
          usable.add(test);
        }
      }
    }
    return usable;
  }
}
