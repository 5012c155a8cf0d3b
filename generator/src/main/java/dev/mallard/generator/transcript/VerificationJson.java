package dev.mallard.generator.transcript;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of running programs again as JSON; {@code docs/transcripts.md} has the fields. */
public final class VerificationJson {
  private VerificationJson() {}

  /** An object for each difference, and one for the whole. */
  public static List<ObjectNode> lines(Verification verification) {
    List<ObjectNode> lines = new ArrayList<>();
    for (Verification.Difference difference : verification.differences()) {
      ObjectNode node =
          JsonNodeFactory.instance
              .objectNode()
              .put("event", "verdict_differs")
              .put("turn", difference.attempt().turn())
              .put("candidate", difference.attempt().candidate())
              .put("hidden", difference.hidden());
      VerdictJson.put(node.putObject("recorded"), difference.recorded());
      VerdictJson.put(node.putObject("now"), difference.now());
      lines.add(node);
    }
    lines.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("event", "verified")
            .put("programs", verification.programs())
            .put("differences", verification.differences().size()));
    return lines;
  }
}
