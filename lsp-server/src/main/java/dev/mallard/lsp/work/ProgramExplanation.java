package dev.mallard.lsp.work;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Completion;
import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.prompt.PromptTemplate;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.generator.prompt.VisibleText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has the model explain a definition line by line, and keeps what it says of which line. */
public final class ProgramExplanation {
  private static final int SHORTEST_ANSWER = 64;
  private static final Pattern OF_LINE =
      Pattern.compile("^[\\s*>#-]*(?:[Ll]ine )?`?(\\d{1,5})`?\\**\\s*[:.)]\\**\\s*(\\S.*)$");

  private final Services services;

  public ProgramExplanation(Services services) {
    this.services = services;
  }

  /**
   * Explains a definition and shows the explanation.
   *
   * @return what the model said
   * @throws UserException if the definition is too long for the model
   * @throws InterruptedException if the calling thread is interrupted
   */
  public String explain(String uri, String name, Progress progress) throws InterruptedException {
    Target target = services.target(uri, name);
    int maxTokens = services.loop().maxTokens();
    String whole =
        services
            .model()
            .use(
                services.wish(),
                progress::report,
                model -> {
                  progress.report("the model explains " + name);
                  return ask(model, target, maxTokens);
                });
    String shown = VisibleText.of(whole.strip());
    services
        .findings()
        .explained(
            uri,
            target.definition().qualifiedName(),
            new Findings.Explanation(target.text(), shown, lines(shown)));
    services.editor().show(name, "# %s\n\n%s\n".formatted(Quoted.line(name, 200), shown));
    return shown;
  }

  private static String ask(LanguageModel model, Target target, int maxTokens)
      throws InterruptedException {
    String question =
        PromptTemplate.load(ProgramExplanation.class, "explain.md")
            .fill(
                Map.of(
                    "language", target.analysis().language().displayName(),
                    "program", Quoted.fenced("text", numbered(target.text()))));
    List<Message> conversation = List.of(Message.user(question));
    int room = model.contextLength() - model.countTokens(conversation);
    if (room < Math.min(maxTokens, SHORTEST_ANSWER)) {
      throw new UserException(
          "%s is too long for this model, which reads at most %d tokens: have a part of it explained, or use a model with a longer context."
              .formatted(target.definition().name(), model.contextLength()));
    }
    GenerationRequest request =
        new GenerationRequest(
            conversation, 1, Math.min(room, maxTokens), Sampling.GREEDY, 0, List.of());
    List<Completion> answers = model.generate(request, GenerationListener.SILENT);
    return answers.getFirst().text();
  }

  private static String numbered(String program) {
    StringBuilder numbered = new StringBuilder();
    int number = 1;
    for (String line : program.split("\\R", -1)) {
      numbered.append(number++).append(": ").append(line).append('\n');
    }
    return numbered.toString();
  }

  /** What an explanation says of lines, which are counted from 0. */
  static Map<Integer, String> lines(String explanation) {
    Map<Integer, String> lines = new HashMap<>();
    for (String line : explanation.split("\\R", -1)) {
      Matcher matcher = OF_LINE.matcher(line);
      if (matcher.matches()) {
        lines.merge(
            Integer.parseInt(matcher.group(1)) - 1,
            matcher.group(2).strip(),
            (one, other) -> one + " " + other);
      }
    }
    return lines;
  }
}
