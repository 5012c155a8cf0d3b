package dev.mallard.generator.feedback;

import dev.mallard.generator.loop.Feedback;
import dev.mallard.generator.loop.FeedbackStrategy;
import dev.mallard.generator.loop.Investigation;
import dev.mallard.generator.prompt.Quoted;
import dev.mallard.sandbox.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Shows the model the execution of the test that failed, block by block with the values between
 * them, has it say of each whether it is right, and names the first that is not ("Debug like a
 * Human: A Large Language Model Debugger via Verifying Runtime Execution Step-by-step", Zhong et
 * al., arXiv 2402.16906). All blocks are asked for at once, and of many only the first and the last
 * ones, as there.
 */
final class BlockFeedback implements FeedbackStrategy {
  private static final Question QUESTION = new Question("blocks", 300);

  private static final int MOST_BLOCKS = 10;
  private static final int LONGEST_REASON = 300;

  private static final Pattern JUDGEMENT =
      Pattern.compile(
          "(?im)^[^\\w\\n]*BLOCK[- ]?(?<number>\\d{1,4})[^\\w\\n]+(?:is[^\\w\\n]+)?"
              + "(?<verdict>correct|right|incorrect|wrong)\\b[^\\w\\n]*(?<reason>.*)$");

  @Override
  public Feedback explain(Investigation investigation) throws InterruptedException {
    Optional<Trace> trace = investigation.traced().trace();
    List<BasicBlock> blocks = trace.map(BasicBlock::of).map(BlockFeedback::some).orElse(List.of());
    if (blocks.isEmpty()) {
      return Feedback.NOTHING;
    }
    List<String> program = investigation.attempt().program().lines().toList();
    List<String> texts = new ArrayList<>();
    for (BasicBlock block : blocks) {
      texts.add(text(block, program));
    }
    int each = Math.max(80, investigation.roomForData() / texts.size());
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      shown.append("[BLOCK-%d]\n%s\n".formatted(i + 1, Quoted.cut(texts.get(i), each)));
    }
    String failure = new UnitTestFeedback().explain(investigation).text();
    return QUESTION
        .ask(
            investigation,
            Map.of("failure", failure, "blocks", shown.toString()),
            answer -> answer.endsWith("\n") && decides(answer, texts.size()))
        .flatMap(answer -> firstWrong(answer, texts, each))
        .map(Feedback::new)
        .orElse(Feedback.NOTHING);
  }

  /** All blocks, or the first and the last of them. */
  private static List<BasicBlock> some(List<BasicBlock> blocks) {
    if (blocks.size() <= MOST_BLOCKS) {
      return blocks;
    }
    List<BasicBlock> some = new ArrayList<>(blocks.subList(0, MOST_BLOCKS / 2));
    some.addAll(blocks.subList(blocks.size() - MOST_BLOCKS / 2, blocks.size()));
    return some;
  }

  private static String text(BasicBlock block, List<String> program) {
    StringBuilder text = new StringBuilder("# before: " + TraceLines.values(block.before()) + "\n");
    for (int line : block.lines()) {
      text.append(TraceLines.source(program, line)).append('\n');
    }
    if (!block.after().isEmpty()) {
      text.append("# after: ").append(TraceLines.values(block.after())).append('\n');
    }
    block.end().ifPresent(end -> text.append("# ").append(end).append('\n'));
    return text.toString();
  }

  /** Whether an answer names a block that is wrong, or has judged the last one. */
  private static boolean decides(String answer, int blocks) {
    return JUDGEMENT
        .matcher(answer)
        .results()
        .anyMatch(judgement -> isWrong(judgement, blocks) || number(judgement) == blocks);
  }

  private static Optional<String> firstWrong(String answer, List<String> texts, int each) {
    return JUDGEMENT
        .matcher(answer)
        .results()
        .filter(judgement -> isWrong(judgement, texts.size()))
        .findFirst()
        .map(judgement -> {
          String reason = Quoted.line(judgement.group("reason"), LONGEST_REASON);
          return "The first step that goes wrong is this one:\n%s%s"
              .formatted(
                  Quoted.fenced("text", Quoted.cut(texts.get(number(judgement) - 1), each)),
                  reason.isEmpty() ? "" : "\n" + reason);
        });
  }

  private static boolean isWrong(MatchResult judgement, int blocks) {
    String verdict = judgement.group("verdict");
    return (verdict.equalsIgnoreCase("wrong") || verdict.equalsIgnoreCase("incorrect"))
        && number(judgement) >= 1
        && number(judgement) <= blocks;
  }

  private static int number(MatchResult judgement) {
    return Integer.parseInt(judgement.group("number"));
  }
}
