package dev.mallard.generator.tokenizer;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jinjava.javax.el.CompositeELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Renders chat templates as the transformers library does: Jinja with blocks trimmed on both sides.
 *
 * <p>Templates come with the model, from anywhere: they reach no files, no Java methods, and no
 * more than a fixed size and time.
 */
final class JinjaRenderer {
  private static final int MAXIMUM_OUTPUT = 1 << 24;
  private static final Duration MAXIMUM_TIME = Duration.ofSeconds(10);

  private static final Pattern TAG = Pattern.compile("\\{[{%].*?[%}]\\}", Pattern.DOTALL);

  /** {@code not x is defined}: for Python {@code not (x is defined)}, for Jinjava the other way. */
  private static final Pattern NOT_IS =
      Pattern.compile("\\bnot\\s+([\\w.]+(?:\\[[^\\]]*\\])*)\\s+is\\s+(?!not\\b)");

  private static final Pattern REVERSED = Pattern.compile("([\\w.]+)\\[::\\s*-1\\]");

  private final Jinjava jinjava;
  private final String template;
  private final Duration maximumTime;

  /** A template that cannot be rendered. */
  static final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean refused;

    TemplateException(String message, boolean refused) {
      super(message);
      this.refused = refused;
    }

    /** Whether the template itself says that it does not take the conversation. */
    boolean refused() {
      return refused;
    }
  }

  /** Thrown where a rendering has run out of time; an error, as Jinjava goes on after others. */
  private static final class StoppedError extends Error {
    private static final long serialVersionUID = 1L;
  }

  JinjaRenderer(String template) {
    this(template, MAXIMUM_TIME);
  }

  JinjaRenderer(String template, Duration maximumTime) {
    this.template = adapt(template);
    this.maximumTime = maximumTime;
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonStrings());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withKeepTrailingNewline(true)
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(MAXIMUM_OUTPUT)
                .withMaxStringLength(MAXIMUM_OUTPUT)
                .withElResolver(resolver)
                .withProcessors(
                    JinjavaProcessors.newBuilder()
                        .withNodePreProcessor((node, interpreter) -> stopIfInterrupted())
                        .build())
                .withDisabled(
                    Map.of(Library.TAG, Set.of("include", "import", "from", "extends", "block")))
                .withLegacyOverrides(
                    LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withKeepNullableLoopValues(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withAllowAdjacentTextNodes(true)
                        .withHandleBackslashInQuotesOnly(true)
                        .build())
                .build());
    jinjava
        .getGlobalContext()
        .registerFunction(function("raise_exception", "raiseException", String.class));
    jinjava
        .getGlobalContext()
        .registerFunction(function("strftime_now", "formatDay", String.class));
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedError();
    }
  }

  private static ELFunctionDefinition function(String name, String method, Class<?> parameter) {
    return new ELFunctionDefinition("", name, TemplateFunctions.Callable.class, method, parameter);
  }

  /** Rewrites what Jinjava reads otherwise than Jinja does. */
  private static String adapt(String template) {
    String source = template.replace("\r\n", "\n");
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1); // Jinja drops the last line's end.
    }
    return TAG.matcher(source)
        .replaceAll(match -> {
          String tag = match.group().replace("\\\n", "");
          tag = NOT_IS.matcher(tag).replaceAll("$1 is not ");
          tag = REVERSED.matcher(tag).replaceAll("($1|reverse|list)");
          return Matcher.quoteReplacement(tag);
        });
  }

  /**
   * Renders the template.
   *
   * @throws TemplateException if the template is malformed, refuses, or exceeds its limits
   */
  String render(Map<String, @Nullable Object> variables) throws TemplateException {
    CompletableFuture<RenderResult> rendering = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .name("chat-template")
            .daemon()
            .start(() -> {
              try {
                rendering.complete(jinjava.renderForResult(template, variables));
              } catch (RuntimeException | StackOverflowError | StoppedError e) {
                rendering.completeExceptionally(e);
              }
            });
    try {
      return output(rendering.get(maximumTime.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new TemplateException("it takes too long", false);
    } catch (ExecutionException e) {
      throw new TemplateException(String.valueOf(e.getMessage()), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TemplateException("it was interrupted", false);
    } finally {
      thread.interrupt();
    }
  }

  private static String output(RenderResult result) throws TemplateException {
    List<TemplateError> errors = result.getErrors();
    if (errors.isEmpty()) {
      return result.getOutput();
    }
    boolean refused =
        errors.stream()
            .flatMap(error ->
                Stream.<Throwable>iterate(
                    error.getException(), cause -> cause != null, Throwable::getCause))
            .anyMatch(TemplateFunctions.RaisedException.class::isInstance);
    throw new TemplateException(errors.getFirst().getMessage(), refused);
  }
}
