package dev.mallard.generator.transcript;

import dev.mallard.generator.loop.Event;
import dev.mallard.generator.loop.Purpose;
import dev.mallard.generator.model.Completion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts what the model wrote before its answers, as it came. Which programs of a turn an answer has
 * is told by the attempts: several requests may be made at the same time.
 */
final class AnswerTexts {
  private final Map<Integer, SortedMap<Integer, Completion>> unclaimed = new HashMap<>();
  private final Map<Integer, Integer> written = new HashMap<>();

  private AnswerTexts(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.AttemptCompleted(var attempt)) {
        unclaimed
            .computeIfAbsent(attempt.turn(), _ -> new TreeMap<>())
            .putIfAbsent(attempt.candidate(), attempt.completion());
      }
    }
  }

  static List<Event> added(List<Event> events) {
    AnswerTexts texts = new AnswerTexts(events);
    List<Event> result = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Answered answered && answered.purpose() == Purpose.PROGRAM) {
        result.addAll(texts.of(answered));
      }
      result.add(event);
    }
    return result;
  }

  private List<Event> of(Event.Answered answered) {
    int turn = answered.turn();
    SortedMap<Integer, Completion> attempts = unclaimed.getOrDefault(turn, new TreeMap<>());
    List<Completion> completions = answered.completions();
    // Where no attempts tell, as if answers came in order.
    int first =
        attempts.keySet().stream()
            .filter(candidate -> areAt(candidate, completions, attempts))
            .findFirst()
            .orElse(written.getOrDefault(turn, 0));
    written.merge(turn, completions.size(), Integer::sum);
    List<Event> texts = new ArrayList<>();
    for (int i = 0; i < completions.size(); i++) {
      attempts.remove(first + i);
      String text = completions.get(i).text();
      if (!text.isEmpty()) {
        texts.add(new Event.TextGenerated(turn, first + i, text));
      }
    }
    return texts;
  }

  private static boolean areAt(
      int first, List<Completion> completions, SortedMap<Integer, Completion> attempts) {
    for (int i = 0; i < completions.size(); i++) {
      if (!completions.get(i).equals(attempts.get(first + i))) {
        return false;
      }
    }
    return true;
  }
}
