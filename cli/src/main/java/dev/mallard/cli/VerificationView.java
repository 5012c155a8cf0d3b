package dev.mallard.cli;

import dev.mallard.generator.prompt.VisibleText;
import dev.mallard.generator.transcript.Verification;
import dev.mallard.generator.transcript.Verification.Difference;
import dev.mallard.generator.transcript.VerificationJson;
import java.io.PrintStream;
import tools.jackson.databind.json.JsonMapper;

/** Says what came of running the programs of a transcript again. */
final class VerificationView {
  private VerificationView() {}

  static void show(Verification verification, Console console, boolean json) {
    PrintStream out = console.out();
    if (json) {
      JsonMapper mapper = new JsonMapper();
      VerificationJson.lines(verification)
          .forEach(line -> out.println(mapper.writeValueAsString(line)));
    } else {
      out.println();
      verification.differences().forEach(one -> out.println(VisibleText.of(line(one))));
      int differences = verification.differences().size();
      out.println(
          "%s run again, %s."
              .formatted(
                  Numbers.count(verification.programs(), "program"),
                  differences == 1 ? "1 verdict differs" : differences + " verdicts differ"));
    }
    out.flush();
  }

  private static String line(Difference one) {
    return "Turn %d, program %d%s: was: %s; is now: %s"
        .formatted(
            one.attempt().turn(),
            one.attempt().candidate() + 1,
            one.hidden() ? ", hidden tests" : "",
            VerdictText.of(one.recorded()),
            VerdictText.of(one.now()));
  }
}
