package dev.mallard.benchmarks.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/** A run in which all texts mean harm to whoever shows them. */
public final class HostileRun {
  /** Runs if it gets into a page as markup. */
  public static final String SCRIPT = "</script><script>window.pwned=1</script>";

  private static final String MARKUP =
      "<img src=x onerror=window.pwned=2> <!-- ]]> & \"'` {{data}} ${window.pwned=3} $0 \\1";

  private static final String CHARACTERS =
      "emoji \ud83e\udd86 \ud83d\udc69\u200d\ud83d\udcbb, bell \u0007, escape \u001b[31m, null \u0000, delete \u007f, next \u0085, right to left \u202e tfel, half a pair \ud83e, line \u2028 end";

  private HostileRun() {}

  /** Writes the folder; the tasks with transcripts all have such programs. */
  public static RunFolder write(Path folder) {
    StringBuilder large = new StringBuilder("def f(x):\n");
    for (int line = 1; large.length() < 60_000; line++) {
      large.append("    x = x + %d  # %s\n".formatted(line, line % 50 == 0 ? SCRIPT : "one more"));
    }
    String harm = "print('''%s %s %s''')\n".formatted(SCRIPT, MARKUP, CHARACTERS);
    SampleProblem problem =
        new SampleProblem(
            "harm " + SCRIPT + MARKUP + "\u202e",
            "Write a program.\n\n" + SCRIPT + "\n" + MARKUP + "\n" + CHARACTERS,
            "def f(x): # " + SCRIPT,
            List.of("assert f('" + SCRIPT + "') == 1"),
            List.of("assert f('" + MARKUP + "') == 2"),
            large + "    return x\n",
            List.of(
                new SampleProblem.Wrong("failed", "assert f('" + SCRIPT + "') == 1", SCRIPT, harm),
                new SampleProblem.Wrong(
                    "crashed",
                    "assert f('" + SCRIPT + "') == 1",
                    "Error: " + CHARACTERS + SCRIPT,
                    large + harm),
                new SampleProblem.Wrong("malformed", "", MARKUP, harm + large)));
    new SampleRun(4, 0.08, 6, 4, 2, false).write(folder, List.of(problem));
    TaskResult named =
        new TaskResult(
            SCRIPT + MARKUP + CHARACTERS,
            MARKUP,
            List.of(
                new SampleResult(
                    1,
                    0,
                    harm,
                    Optional.of(TaskVerdict.FAILED),
                    Optional.of(TaskVerdict.FAILED),
                    9)),
            List.of(false),
            Optional.of(TaskVerdict.FAILED),
            false,
            true,
            10,
            10,
            1,
            OptionalDouble.empty(),
            Optional.of(SCRIPT + MARKUP));
    try {
      Files.writeString(
          folder.resolve(RunJson.RESULTS), RunJson.line(named), StandardOpenOption.APPEND);
      Path config = folder.resolve(RunJson.CONFIG);
      ObjectNode settings = (ObjectNode) RunJson.MAPPER.readTree(Files.readString(config));
      settings.put("model", SCRIPT + MARKUP).put("dataSet", SCRIPT);
      Files.writeString(config, RunJson.MAPPER.writeValueAsString(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RunFolder.open(folder);
  }
}
