package dev.mallard.lsp.request;

import dev.mallard.generator.UserException;
import dev.mallard.lsp.document.Documents;
import dev.mallard.lsp.document.PositionEncoding;
import dev.mallard.lsp.work.Analyses;
import dev.mallard.lsp.work.Claims;
import dev.mallard.lsp.work.DiagnosticsBoard;
import dev.mallard.lsp.work.Findings;
import dev.mallard.lsp.work.Services;
import dev.mallard.lsp.work.SyntaxCheck;
import dev.mallard.lsp.work.TestFinder;
import dev.mallard.lsp.work.TestRun;
import dev.mallard.lsp.work.WarmModel;
import dev.mallard.lsp.work.WarmSandbox;
import dev.mallard.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is between {@code initialize} and the end of the server. */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** How long nothing is typed before the text is looked into. */
  private static final long PAUSE_MILLIS = 200;

  private final Jobs jobs = new Jobs();
  private final Documents documents = new Documents();
  private final Analyses analyses = new Analyses();
  private final SyntaxCheck syntax = new SyntaxCheck();
  private final Map<String, Jobs.Job<?>> testRuns = new ConcurrentHashMap<>();
  private final PositionEncoding encoding;
  private final ClientFeatures features;
  private final LanguageClient client;
  private final ClientEditor editor;
  private final Configuration configuration;
  private final ProgressReports progress;
  private final Services services;
  private final Claims claims;

  Session(
      InitializeParams params,
      LanguageClient client,
      WarmModel model,
      WarmSandbox sandbox,
      Path folder) {
    this.client = client;
    features = ClientFeatures.of(Optional.ofNullable(params.getCapabilities()));
    encoding = PositionEncoding.firstOf(features.positionEncodings());
    editor = new ClientEditor(client, features, folder);
    configuration = new Configuration(client, features.configuration(), editor::warn);
    if (params.getInitializationOptions() != null) {
      configuration.take(params.getInitializationOptions());
    }
    progress = new ProgressReports(client, features.progress());
    services =
        new Services(
            documents,
            analyses,
            new TestFinder(documents, encoding),
            new DiagnosticsBoard(documents, client::publishDiagnostics),
            model,
            sandbox,
            editor,
            configuration::settings,
            new Findings());
    claims = new Claims(services);
  }

  Jobs jobs() {
    return jobs;
  }

  Documents documents() {
    return documents;
  }

  Analyses analyses() {
    return analyses;
  }

  PositionEncoding encoding() {
    return encoding;
  }

  ClientFeatures features() {
    return features;
  }

  Configuration configuration() {
    return configuration;
  }

  ProgressReports progress() {
    return progress;
  }

  Services services() {
    return services;
  }

  Claims claims() {
    return claims;
  }

  /** Looks into a document once nothing more was typed for a moment. */
  void checkSoon(String uri, int version) {
    jobs.startIn(
        PAUSE_MILLIS,
        () ->
            documents
                .find(uri)
                .filter(document -> document.version() == version)
                .ifPresent(document -> {
                  claims.check();
                  analyses
                      .of(document)
                      .ifPresent(analysis -> {
                        services
                            .diagnostics()
                            .post(DiagnosticsBoard.SYNTAX, document, syntax.check(analysis));
                        services.diagnostics().refresh(uri);
                      });
                }));
  }

  /** Runs the tests of a document, if the user wants that; an older run of them is stopped. */
  void runTests(String uri) {
    if (!configuration.settings().runsTests()) {
      return;
    }
    Jobs.Job<?> run =
        jobs.start(() -> {
          try {
            if (new TestRun(services).run(uri).isPresent() && features.refreshCodeLenses()) {
              var _ = client.refreshCodeLenses();
            }
          } catch (UserException e) {
            LOG.debug("no tests are run of {}", uri, e);
          } catch (SandboxException e) {
            LOG.warn("the tests of {} cannot be run", uri, e);
          }
          return true;
        });
    Jobs.Job<?> older = testRuns.put(uri, run);
    if (older != null) {
      older.cancel(true);
    }
  }

  /** Forgets what there was of a document. */
  void forget(String uri) {
    Jobs.Job<?> run = testRuns.remove(uri);
    if (run != null) {
      run.cancel(true);
    }
    analyses.forget(uri);
  }

  @Override
  public void close() {
    jobs.close();
    editor.close();
  }
}
