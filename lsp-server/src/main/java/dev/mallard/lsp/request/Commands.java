package dev.mallard.lsp.request;

import com.google.gson.JsonObject;
import java.util.List;
import org.eclipse.lsp4j.Command;

/** The commands that lenses, actions and clients may have executed. */
final class Commands {
  static final String RUN_TESTS = "mallard.runTests";
  static final String DEBUG = "mallard.debug";
  static final String GENERATE = "mallard.generate";
  static final String EXPLAIN = "mallard.explain";
  static final String TRANSLATE = "mallard.translate";
  static final String WRITE_TESTS = "mallard.writeTests";
  static final String SHOW_TRANSCRIPT = "mallard.showTranscript";

  static final List<String> ALL =
      List.of(RUN_TESTS, DEBUG, GENERATE, EXPLAIN, TRANSLATE, WRITE_TESTS, SHOW_TRANSCRIPT);

  private Commands() {}

  /** A command that is about a definition. */
  static Command of(String command, String title, String uri, String problem) {
    return new Command(title, command, List.of(argument(uri, problem)));
  }

  /** A translation of a definition. */
  static Command translation(String title, String uri, String problem, String language) {
    JsonObject argument = argument(uri, problem);
    argument.addProperty("language", language);
    return new Command(title, TRANSLATE, List.of(argument));
  }

  private static JsonObject argument(String uri, String problem) {
    JsonObject argument = new JsonObject();
    argument.addProperty("uri", uri);
    argument.addProperty("problem", problem);
    return argument;
  }
}
