package dev.mallard.generator.loop;

import dev.mallard.generator.model.GenerationListener;
import dev.mallard.generator.model.GenerationRequest;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Sampling;
import dev.mallard.generator.problem.Problem;
import dev.mallard.sandbox.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks into one program of a search, at the search's expense. */
record SessionInvestigation(
    int turn, Problem problem, Attempt attempt, Judge judge, ModelSession session)
    implements Investigation {
  /** Part of what the model can read, in tokens, that data may take. */
  private static final int SHARE_OF_DATA = 4;

  /** A cautious guess; code has fewer characters in a token than prose. */
  private static final int CHARACTERS_PER_TOKEN = 3;

  private static final int MOST_DATA = 6000;

  /** An answer shorter than this, in tokens, is not worth the question. */
  private static final int SHORTEST_ANSWER = 32;

  @Override
  public Report traced() throws InterruptedException {
    return judge.trace(attempt.program(), problem.visibleTests());
  }

  @Override
  public Optional<String> ask(
      List<Message> examples, String question, int maxTokens, Predicate<String> isWhole)
      throws InterruptedException {
    List<Message> whole = new ArrayList<>(examples);
    whole.add(Message.user(question));
    for (List<Message> conversation : List.of(whole, List.of(Message.user(question)))) {
      int room = session.model().contextLength() - session.model().countTokens(conversation);
      if (room >= Math.min(maxTokens, SHORTEST_ANSWER)) {
        GenerationRequest request =
            new GenerationRequest(
                conversation, 1, Math.min(room, maxTokens), Sampling.GREEDY, 0, List.of());
        return session
            .prepare(turn, Purpose.FEEDBACK, request)
            .answer(watcher(isWhole))
            .map(answers -> answers.completions().getFirst().text().strip())
            .filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static GenerationListener watcher(Predicate<String> isWhole) {
    return new GenerationListener() {
      @Override
      public void onText(int candidate, String text) {}

      @Override
      public boolean isComplete(String text) {
        return isWhole.test(text) || Repetition.isStuck(text);
      }
    };
  }

  @Override
  public int roomForData() {
    return Math.min(
        MOST_DATA, session.model().contextLength() / SHARE_OF_DATA * CHARACTERS_PER_TOKEN);
  }
}
