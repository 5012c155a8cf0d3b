package dev.mallard.generator.loop;

import dev.mallard.generator.UserException;
import dev.mallard.generator.loop.Demonstrations.Demonstration;
import dev.mallard.generator.loop.Demonstrations.RepairDemonstration;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.problem.Problem;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.generator.prompt.WorkedExample;
import dev.mallard.sandbox.GuestLanguage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes prompts that fit the model's context: the language's grammar, which comes first, so that
 * the model need not read it again; demonstrations or worked examples; the problem, its tests, and
 * in a repair the program and the feedback; earlier attempts are not in them. What came from
 * outside stands between fences or tags that it cannot close.
 */
final class PromptWriter {
  /** Room that an answer needs at least, in tokens. */
  private static final int SHORTEST_ANSWER = 64;

  /** Longest tests that are shown, in characters; what is tried until the prompt fits. */
  private static final List<Integer> TEST_LENGTHS = List.of(4000, 1500, 500);

  private static final List<Integer> WHOLE = TEST_LENGTHS.subList(0, 1);

  /** Parts of the longest grammar that are tried, the whole of it first; 0 for no grammar. */
  private static final List<Integer> GRAMMAR_PARTS = List.of(1, 2, 4, 0);

  private static final List<Integer> NONE = List.of(0);

  private final PromptTemplate system = load("system.md");
  private final PromptTemplate fresh = load("fresh.md");
  private final PromptTemplate repair = load("repair.md");
  private final PromptTemplate signature = load("signature.md");
  private final PromptTemplate examples = load("examples.md");
  private final PromptTemplate proposals = load("proposals.md");
  private final PromptTemplate javaForm = load("java.md");
  private final LanguageModel model;
  private final Problem problem;
  private final int maxTokens;
  private final Optional<LanguageGrammar> grammar;
  private final Demonstrations demonstrations;

  /**
   * Writes the prompts of a problem.
   *
   * @param maxTokens longest answer that is wanted, in tokens
   * @param grammar that the model is to read
   * @param demonstrations that it is shown, as long as all else fits
   */
  PromptWriter(
      LanguageModel model,
      Problem problem,
      int maxTokens,
      Optional<LanguageGrammar> grammar,
      Demonstrations demonstrations) {
    this.model = model;
    this.problem = problem;
    this.maxTokens = maxTokens;
    this.grammar = grammar;
    this.demonstrations = demonstrations;
  }

  private static PromptTemplate load(String resource) {
    return PromptTemplate.load(PromptWriter.class, resource);
  }

  /**
   * Asks for a program.
   *
   * @throws UserException if the problem alone is too long for the model
   */
  Prompt fresh() {
    return fitting(fresh, "", "")
        .orElseThrow(() ->
            new UserException(
                "The problem \"%s\" is too long for this model, which reads at most %d tokens: shorten it, or use a model with a longer context."
                    .formatted(problem.title(), model.contextLength())));
  }

  /** Asks for a better version of a program; empty if that is too long for the model. */
  Optional<Prompt> repair(String program, Feedback feedback) {
    return fitting(repair, program, feedback.text());
  }

  /** Asks for tests, as statements of which each asserts something. */
  Optional<Prompt> proposals() {
    return fitting(proposals, "", "");
  }

  private Optional<Prompt> fitting(PromptTemplate template, String program, String feedback) {
    // First with room for the whole answer that was asked for, then with what there is. What is
    // shown before gives way to the grammar, that to the tests, and all of them to the answer.
    List<Integer> parts = grammar.isEmpty() ? NONE : GRAMMAR_PARTS;
    List<Message> shown = shown(template, program, feedback);
    return fitting(template, shown, program, feedback, maxTokens, WHOLE, parts.subList(0, 1))
        .or(() -> fitting(template, List.of(), program, feedback, maxTokens, TEST_LENGTHS, parts))
        .or(() ->
            fitting(
                template,
                List.of(),
                program,
                feedback,
                Math.min(maxTokens, SHORTEST_ANSWER),
                TEST_LENGTHS,
                NONE));
  }

  private Optional<Prompt> fitting(
      PromptTemplate template,
      List<Message> shown,
      String program,
      String feedback,
      int wantedRoom,
      List<Integer> testLengths,
      List<Integer> grammarParts) {
    for (int testLength : testLengths) {
      for (int grammarPart : grammarParts) {
        Map<String, String> values = values(grammarPart, testLength, program, feedback);
        List<Message> conversation = new ArrayList<>();
        conversation.add(Message.system(system.fill(values)));
        conversation.addAll(shown);
        conversation.add(Message.user(template.fill(values)));
        int room = model.contextLength() - model.countTokens(conversation);
        if (room >= wantedRoom) {
          return Optional.of(new Prompt(conversation, Math.min(room, maxTokens)));
        }
      }
    }
    return Optional.empty();
  }

  /** What was remembered of problems like this one, or else examples that hold for any. */
  private List<Message> shown(PromptTemplate template, String program, String feedback) {
    List<Message> remembered = demonstrated(template, program, feedback);
    if (!remembered.isEmpty() || problem.language().isTestedByExchanges()) {
      return remembered;
    }
    if (template.equals(fresh)) {
      return worked(template, "fresh");
    }
    return template.equals(repair) ? worked(template, "repair") : List.of();
  }

  private List<Message> worked(PromptTemplate template, String name) {
    String label = problem.language().label();
    List<Message> messages = new ArrayList<>();
    for (WorkedExample example :
        WorkedExample.load(PromptWriter.class, "%s.%s.md".formatted(name, label))) {
      Map<String, String> values =
          shownValues(example.part("problem"), example.part("wrong"), example.part("feedback"));
      if (problem.signature().isPresent()) {
        values.put("signature", signatureText(label, example.part("signature")));
      }
      if (!problem.visibleTests().isEmpty()) {
        values.put("examples", examplesText(label, example.part("tests")));
      }
      messages.add(Message.user(template.fill(values)));
      messages.add(answer(example.part("program")));
    }
    return messages;
  }

  private List<Message> demonstrated(PromptTemplate template, String program, String feedback) {
    List<Message> messages = new ArrayList<>();
    if (template.equals(fresh)) {
      for (Demonstration shown : demonstrations.of(problem)) {
        messages.add(Message.user(template.fill(shownValues(shown.task(), "", ""))));
        messages.add(answer(shown.program()));
      }
    } else if (template.equals(repair)) {
      for (RepairDemonstration shown : demonstrations.ofRepair(problem, program, feedback)) {
        messages.add(
            Message.user(
                template.fill(shownValues(shown.task(), shown.failing(), shown.feedback()))));
        messages.add(answer(shown.program()));
      }
    }
    return messages;
  }

  private Map<String, String> shownValues(String task, String program, String feedback) {
    return new HashMap<>(
        Map.of(
            "language", problem.language().displayName(),
            "kind", kindOfProgram(),
            "problem", Quoted.tagged("problem", task),
            "signature", "",
            "examples", "",
            "program", Quoted.fenced(problem.language().label(), program),
            "feedback", Quoted.tagged("feedback", feedback)));
  }

  private Message answer(String program) {
    return Message.assistant(Quoted.fenced(problem.language().label(), program));
  }

  private Map<String, String> values(
      int grammarPart, int testLength, String program, String feedback) {
    String label = problem.language().label();
    String task = (problem.title() + "\n\n" + problem.statement()).strip();
    return Map.of(
        "language", problem.language().displayName(),
        "kind", kindOfProgram(),
        "grammar", grammarPart == 0 ? "" : grammarSection(grammarPart),
        "problem", Quoted.tagged("problem", task),
        "signature", signatureText(label),
        "examples",
            problem.visibleTests().isEmpty()
                ? ""
                : examplesText(label, firstLines(problem.visibleTests().source(), testLength)),
        "program", Quoted.fenced(label, program),
        "feedback", Quoted.tagged("feedback", feedback),
        "assertion", AssertionLook.of(problem.language()).map(AssertionLook::form).orElse(""));
  }

  private String examplesText(String label, String tests) {
    return examples.fill(Map.of("tests", Quoted.fenced(label, tests)));
  }

  private String grammarSection(int part) {
    return grammar.map(text -> text.section(part)).orElse("");
  }

  /** What a program that solves the problem is called. */
  private String kindOfProgram() {
    Language language = problem.language();
    if (language.isTestedByExchanges()) {
      return "program";
    }
    return language.guestLanguage() == GuestLanguage.JAVA ? "class" : "function";
  }

  /** The signature; without one, what else is to be known of where definitions stand. */
  private String signatureText(String label) {
    if (problem.signature().isEmpty()) {
      return problem.language().guestLanguage() == GuestLanguage.JAVA ? javaForm.text() : "";
    }
    return signatureText(label, problem.signature().get());
  }

  private String signatureText(String label, String lines) {
    return lines.isEmpty() ? "" : signature.fill(Map.of("signature", Quoted.fenced(label, lines)));
  }

  /** As many whole lines as fit, and at least one. */
  private static String firstLines(String text, int length) {
    StringBuilder kept = new StringBuilder();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      if (!kept.isEmpty() && kept.length() + line.length() > length) {
        break;
      }
      kept.append(line).append('\n');
    }
    return kept.toString();
  }
}
