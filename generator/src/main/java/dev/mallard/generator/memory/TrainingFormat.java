package dev.mallard.generator.memory;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layouts of lines for fine-tuning, in JSON: those of conversational data sets that the library TRL
 * documents under "Dataset formats and types" (huggingface.co/docs/trl/dataset_formats).
 */
public enum TrainingFormat {
  /**
   * Supervised fine-tuning: {@code {"messages": [user, assistant]}}. A solution answers its
   * problem; a repair answers its problem, the failing program and the feedback.
   */
  SFT {
    @Override
    Optional<String> line(Experience experience) {
      String question =
          switch (experience) {
            case Experience.Solution solution -> TrainingText.problem(solution.problem());
            case Experience.Repair repair -> TrainingText.repair(repair);
          };
      ObjectNode line = JsonMapper.shared().createObjectNode();
      message(line, "messages", "user", question);
      message(line, "messages", "assistant", answer(experience, experience.program()));
      return Optional.of(line.toString());
    }
  },

  /**
   * Preferences: {@code {"prompt": [user], "chosen": [assistant], "rejected": [assistant]}}. Of a
   * repair, the program that passed is preferred to the one that failed; there is no line of a
   * solution.
   */
  PREFERENCE {
    @Override
    Optional<String> line(Experience experience) {
      if (!(experience instanceof Experience.Repair repair)) {
        return Optional.empty();
      }
      ObjectNode line = JsonMapper.shared().createObjectNode();
      message(line, "prompt", "user", TrainingText.problem(repair.problem()));
      message(line, "chosen", "assistant", answer(repair, repair.program()));
      message(line, "rejected", "assistant", answer(repair, repair.failingProgram()));
      return Optional.of(line.toString());
    }
  };

  /** The line of an experience, without its end, if the format has one. */
  abstract Optional<String> line(Experience experience);

  private static String answer(Experience experience, String program) {
    return TrainingText.fenced(experience.problem().language(), program);
  }

  private static void message(ObjectNode line, String list, String role, String content) {
    line.withArrayProperty(list).addObject().put("role", role).put("content", content);
  }
}
