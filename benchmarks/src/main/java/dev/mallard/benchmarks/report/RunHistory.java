package dev.mallard.benchmarks.report;

import dev.mallard.benchmarks.evaluation.RunFolder;
import dev.mallard.benchmarks.evaluation.TaskResult;
import dev.mallard.generator.UserException;
import dev.mallard.generator.transcript.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run has of a problem.
 *
 * @param notes what there is to say of it, in sentences
 * @param history empty if the run has not done it
 */
record RunHistory(List<String> notes, Optional<History> history) {
  static RunHistory of(RunFolder run, Optional<TaskResult> result) {
    if (result.isEmpty()) {
      return new RunHistory(List.of("This run has no result of the problem."), Optional.empty());
    }
    List<String> notes = new ArrayList<>();
    result.get().failure().ifPresent(why -> notes.add("Nothing could be tried: " + why));
    try {
      Optional<Recording> recording = run.transcript(result.get().id());
      if (recording.isPresent()) {
        return new RunHistory(notes, Optional.of(History.of(result.get(), recording.get())));
      }
      if (result.get().failure().isEmpty()) {
        notes.add("There is no transcript: these are the programs alone.");
      }
    } catch (UserException e) {
      notes.add(
          "The transcript cannot be read, so these are the programs alone: " + e.getMessage());
    }
    return new RunHistory(notes, Optional.of(History.of(result.get())));
  }
}
