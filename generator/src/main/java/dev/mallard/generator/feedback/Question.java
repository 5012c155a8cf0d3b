package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Investigation;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.problem.Language;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.generator.prompt.WorkedExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A question about a program, in a resource file, with an example of a good answer in another one
 * if there is one for the program's language: {@code NAME.md} and {@code NAME.LANGUAGE.md}.
 *
 * @param name of the files
 * @param maxTokens longest answer
 */
record Question(String name, int maxTokens) {
  private static final String ANSWER = "answer";

  /** Longest answer that goes into a feedback, in characters. */
  private static final int LONGEST_ANSWER = 2000;

  /** Where a program begins that was not asked for. */
  private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*(?:```|~~~)");

  /**
   * Asks it, for prose: a program that follows is not waited for.
   *
   * @param data what else the question needs, by the name of its place; each as a part of the
   *     example is named too
   */
  Optional<String> askForProse(Investigation investigation, Map<String, String> data)
      throws InterruptedException {
    return ask(investigation, data, text -> FENCE.matcher(text).find())
        .map(answer -> FENCE.split(answer, 2)[0].strip())
        .filter(answer -> !answer.isEmpty());
  }

  /**
   * Asks it.
   *
   * @param data as of {@link #askForProse}
   * @param isWhole whether an answer that goes so far says all that is of use
   */
  Optional<String> ask(
      Investigation investigation, Map<String, String> data, Predicate<String> isWhole)
      throws InterruptedException {
    Language language = investigation.problem().language();
    String problem = investigation.problem().title() + "\n\n" + investigation.problem().statement();
    Map<String, String> parts = new HashMap<>(data);
    parts.put("problem", problem.strip());
    parts.put("program", investigation.attempt().program());
    PromptTemplate template = PromptTemplate.load(Question.class, name + ".md");
    return investigation
        .ask(examples(template, language), fill(template, language, parts), maxTokens, isWhole)
        .map(answer -> Quoted.cut(answer, LONGEST_ANSWER));
  }

  private List<Message> examples(PromptTemplate template, Language language) {
    List<Message> messages = new ArrayList<>();
    String resource = "%s.%s.md".formatted(name, language.label());
    for (WorkedExample example : WorkedExample.load(Question.class, resource)) {
      messages.add(Message.user(fill(template, language, example.parts())));
      messages.add(Message.assistant(example.part(ANSWER)));
    }
    return messages;
  }

  private static String fill(
      PromptTemplate template, Language language, Map<String, String> parts) {
    Map<String, String> values = new HashMap<>();
    parts.forEach((part, text) -> values.put(part, quoted(part, text, language)));
    values.put("language", language.displayName());
    return template.fill(values);
  }

  private static String quoted(String part, String text, Language language) {
    return switch (part) {
      case "program" -> Quoted.fenced(language.label(), text);
      case "trace", "blocks" -> Quoted.fenced("text", text);
      default -> Quoted.tagged(part, text);
    };
  }
}
