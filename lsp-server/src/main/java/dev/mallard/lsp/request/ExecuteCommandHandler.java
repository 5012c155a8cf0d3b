package dev.mallard.lsp.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.mallard.generator.UserException;
import dev.mallard.lsp.work.Claims;
import dev.mallard.lsp.work.ProgramExplanation;
import dev.mallard.lsp.work.ProgramSearch;
import dev.mallard.lsp.work.Progress;
import dev.mallard.lsp.work.QuerySearch;
import dev.mallard.lsp.work.Services;
import dev.mallard.lsp.work.TestRun;
import dev.mallard.lsp.work.TestWriting;
import dev.mallard.lsp.work.TranscriptView;
import dev.mallard.lsp.work.Translation;
import dev.mallard.sandbox.GuestLanguage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * {@code workspace/executeCommand}. The answer comes when the work is done, and says what came of
 * it; what the user must put right is an error with a sentence that says so.
 */
final class ExecuteCommandHandler {
  private final Services services;
  private final Jobs jobs;
  private final ProgressReports progress;
  private final Claims claims;

  ExecuteCommandHandler(Services services, Jobs jobs, ProgressReports progress, Claims claims) {
    this.services = services;
    this.jobs = jobs;
    this.progress = progress;
    this.claims = claims;
  }

  /** What a command is about. */
  private record Argument(String uri, Optional<String> problem, Optional<String> language) {

    /** Reads the one argument that commands have. */
    static Argument of(ExecuteCommandParams params) {
      List<Object> arguments = params.getArguments();
      if (arguments != null
          && arguments.size() == 1
          && arguments.getFirst() instanceof JsonElement element
          && element instanceof JsonObject object) {
        Optional<String> uri = text(object, "uri");
        if (uri.isPresent()) {
          return new Argument(uri.get(), text(object, "problem"), text(object, "language"));
        }
      }
      throw invalid(
          "The command %s takes one object with \"uri\" and \"problem\"."
              .formatted(params.getCommand()));
    }

    private static Optional<String> text(JsonObject object, String name) {
      return object.get(name) instanceof JsonPrimitive primitive && primitive.isString()
          ? Optional.of(primitive.getAsString())
          : Optional.empty();
    }

    String name() {
      return problem.orElseThrow(
          () -> invalid("The command takes one object with \"uri\" and \"problem\"."));
    }
  }

  private static ResponseErrorException invalid(String message) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.InvalidParams, message, null));
  }

  /** Something that a command does. */
  @FunctionalInterface
  private interface Work {
    Object run(Progress progress) throws InterruptedException;
  }

  Jobs.Job<Object> execute(ExecuteCommandParams params) {
    if (!Commands.ALL.contains(params.getCommand())) {
      throw invalid("There is no command %s.".formatted(params.getCommand()));
    }
    Argument argument = Argument.of(params);
    return jobs.startKnowing(job -> execute(params, argument, job));
  }

  private Object execute(ExecuteCommandParams params, Argument argument, Jobs.Job<Object> job)
      throws InterruptedException {
    String uri = argument.uri();
    return switch (params.getCommand()) {
      case Commands.RUN_TESTS -> shown(params, job, "Running tests", progress -> runTests(uri));
      case Commands.DEBUG -> claimed(params, job, argument, "Debugging", search(argument, true));
      case Commands.GENERATE ->
          claimed(params, job, argument, "Generating", search(argument, false));
      case Commands.EXPLAIN ->
          claimed(
              params,
              job,
              argument,
              "Explaining",
              progress ->
                  Map.of(
                      "explanation",
                      new ProgramExplanation(services).explain(uri, argument.name(), progress)));
      case Commands.TRANSLATE ->
          claimed(
              params,
              job,
              argument,
              "Translating",
              progress ->
                  new Translation(services)
                      .translate(
                          uri,
                          argument.name(),
                          argument
                              .language()
                              .orElseThrow(
                                  () -> invalid("Say into which \"language\" to translate.")),
                          progress));
      case Commands.WRITE_TESTS ->
          claimed(
              params,
              job,
              argument,
              "Writing tests of",
              progress -> new TestWriting(services).write(uri, argument.name(), progress));
      default -> {
        new TranscriptView(services).show(uri, argument.problem());
        yield Map.of();
      }
    };
  }

  private Work search(Argument argument, boolean repairs) {
    boolean query = services.language(argument.uri()) == GuestLanguage.SQL;
    return progress ->
        query
            ? new QuerySearch(services).run(argument.uri(), argument.name(), progress)
            : new ProgramSearch(services).run(argument.uri(), argument.name(), repairs, progress);
  }

  private Object runTests(String uri) throws InterruptedException {
    Optional<TestRun.Result> result = new TestRun(services).run(uri);
    if (result.isEmpty()) {
      services.editor().tell("There are no tests here: write one beside the definition.");
      return Map.of();
    }
    return result.get();
  }

  /** Does work for a definition, until that is changed. */
  private Object claimed(
      ExecuteCommandParams params, Jobs.Job<Object> job, Argument argument, String doing, Work work)
      throws InterruptedException {
    Claims.Held held =
        claims.hold(
            argument.uri(),
            argument.name(),
            reason -> {
              if (job.cancelBecause(
                  new ResponseErrorException(
                      new ResponseError(ResponseErrorCode.ContentModified, reason, null)))) {
                services.editor().tell(reason);
              }
            });
    try (held) {
      return shown(params, job, doing + " " + argument.name(), work);
    }
  }

  private Object shown(ExecuteCommandParams params, Jobs.Job<Object> job, String title, Work work)
      throws InterruptedException {
    try (ProgressReports.Shown shown =
        progress.begin(
            Optional.ofNullable(params.getWorkDoneToken()), title, () -> job.cancel(true))) {
      return work.run(shown);
    } catch (UserException e) {
      services.editor().warn(String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
