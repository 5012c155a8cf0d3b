package dev.mallard.sandbox.javascript;

import dev.mallard.sandbox.executor.GuestOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * A fresh JavaScript for one program, confined by {@link SandboxPolicy#CONSTRAINED}: no files,
 * network, processes, threads, environment or Java classes. What tests rely on is kept out of the
 * program's hands before it runs.
 */
final class JavaScriptContext implements AutoCloseable {
  /** Of a longer text that is written at once, the rest is lost. */
  private static final int LONGEST_WRITE = 1 << 20;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Told of the assertions that are reached, and of what comes of them. */
  interface Assertions {
    /**
     * An assertion is about to be evaluated.
     *
     * @param site its number in the suite; -1 if it does not stand there
     * @return what to call it by
     */
    int begun(int site);

    /** An assertion has been evaluated. */
    void ended(int token, boolean holds, String message, Optional<Sides> sides);
  }

  /** Two sides that were compared, as text. */
  record Sides(String actual, String expected) {}

  private static final Assertions IGNORED =
      new Assertions() {
        @Override
        public int begun(int site) {
          return 0;
        }

        @Override
        public void ended(int token, boolean holds, String message, Optional<Sides> sides) {}
      };

  private final GuestOutput standardOutput = new GuestOutput();
  private final GuestOutput standardError = new GuestOutput();
  private final Context context;
  private final Value harness;
  private final Value runNext;
  private final String tool = "mallard$" + Long.toHexString(RANDOM.nextLong());
  private final long start = System.nanoTime();
  private Assertions assertions = IGNORED;
  private String input = "";
  private boolean outputFinished;
  private volatile Optional<Integer> exit = Optional.empty();

  JavaScriptContext(Engine engine) {
    context = bare(engine);
    Value inspector = context.eval(JavaScriptSources.resource("inspect.js")).execute();
    ProxyObject host = host();
    Value assertionTools =
        context.eval(JavaScriptSources.resource("assertions.js")).execute(host, inspector);
    harness =
        context
            .eval(JavaScriptSources.resource("node.js"))
            .execute(host, inspector, assertionTools);
    context.eval(JavaScriptSources.resource("tamper_proof.js")).executeVoid();
    runNext = harness.getMember("runNext");
  }

  /** A context with nothing in it but the language. */
  static Context bare(Engine engine) {
    return Context.newBuilder(JavaScriptSources.LANGUAGE)
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .allowIO(IOAccess.NONE)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .option("js.load", "false")
        .option("js.print", "false")
        .option("js.console", "false")
        .option("js.graal-builtin", "false")
        .option("js.unhandled-rejections", "throw")
        .build();
  }

  private ProxyObject host() {
    return ProxyObject.fromMap(
        Map.of(
            "outputLimit",
            LONGEST_WRITE,
            "write",
            function(values -> write(values.get(0).asInt(), values.get(1).asString())),
            "stdin",
            (ProxyExecutable) values -> input,
            "exit",
            function(values -> exit(values.get(0).asInt())),
            "nanoseconds",
            (ProxyExecutable) values -> (double) (System.nanoTime() - start),
            "digest",
            (ProxyExecutable)
                values -> digest(values[0].asString(), values[1].asString(), values[2].asString()),
            "begin",
            (ProxyExecutable) values -> assertions.begun(values[0].asInt()),
            "end",
            function(this::end)));
  }

  private static ProxyExecutable function(Consumer<List<Value>> action) {
    return values -> {
      action.accept(List.of(values));
      return true;
    };
  }

  private void write(int stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    (stream == 1 ? standardOutput : standardError).write(bytes, 0, bytes.length);
  }

  private void exit(int status) {
    exit = Optional.of(status);
    context.close(true); // Cannot be caught by the program.
  }

  private void end(List<Value> values) {
    Optional<Sides> sides =
        values.get(3).asBoolean()
            ? Optional.of(new Sides(values.get(4).asString(), values.get(5).asString()))
            : Optional.empty();
    assertions.ended(
        values.get(0).asInt(), values.get(1).asBoolean(), values.get(2).asString(), sides);
  }

  private static String digest(String algorithm, String text, String encoding) {
    String name = algorithm.toLowerCase(Locale.ROOT).replaceFirst("^sha-?(\\d+)$", "SHA-$1");
    try {
      Charset charset =
          encoding.equals("latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      byte[] digest = MessageDigest.getInstance(name).digest(text.getBytes(charset));
      return encoding.equals("base64")
          ? Base64.getEncoder().encodeToString(digest)
          : HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("Digest method not supported: " + algorithm, e);
    }
  }

  /** Where the program runs, for whoever observes it. */
  Context context() {
    return context;
  }

  /** The name of the object that a rewritten suite calls. */
  String tool() {
    return tool;
  }

  /** Begins to keep what the program prints. */
  void openOutput(int limit, Consumer<String> output, Consumer<String> error) {
    standardOutput.open(limit, output);
    standardError.open(limit, error);
  }

  /** Hands on what is left of it, and then nothing more. */
  void finishOutput() {
    if (!outputFinished) {
      outputFinished = true;
      standardOutput.finish();
      standardError.finish();
    }
  }

  /** What the program will read on standard input. */
  void giveInput(String text) {
    input = text;
  }

  /** Parses a program; executing the result runs it. */
  Value parse(String program) {
    return context.parse(JavaScriptSources.once(program, JavaScriptSources.PROGRAM));
  }

  /** Makes what the program exports visible to the tests. */
  void publish() {
    harness.getMember("publish").executeVoid();
  }

  /** Lets assertions be told of from here on. */
  void arm(Assertions listener) {
    assertions = listener;
    harness.getMember("arm").executeVoid(tool);
  }

  /** Runs a piece of the tests where it sees the program's definitions. */
  Value evaluate(String piece) {
    return context.eval(JavaScriptSources.once(piece, JavaScriptSources.TESTS));
  }

  /** Runs what waits for time to pass, until nothing does. */
  void runEvents() {
    boolean more = true;
    while (more) {
      more = runNext.execute().asBoolean();
    }
  }

  /** What becomes of a promise: has the members {@code state} and {@code value}. */
  Value settle(Value value) {
    return harness.getMember("settle").execute(value);
  }

  /** Whether this is the exception of an assertion, which has been told of. */
  boolean isReported(Value thrown) {
    return harness.getMember("isReported").execute(thrown).asBoolean();
  }

  /** An exception's type and message. */
  Value describe(Value thrown) {
    return harness.getMember("describe").execute(thrown);
  }

  /** A value as Node prints it, cut to a readable length. */
  String show(Value value) {
    return harness.getMember("show").execute(value).asString();
  }

  /** The value of a text in JSON. */
  Value parseJson(String text) {
    return harness.getMember("parse").execute(text);
  }

  /** The status with which the program has ended the process, if it has. */
  Optional<Integer> exitStatus() {
    return exit;
  }

  /** Stops what runs in this context, from any thread; returns when it has stopped. */
  void cancel() {
    try {
      context.close(true);
    } catch (PolyglotException e) {
      // Says once more that the program was cancelled or has exited; it is closed all the same.
    }
  }

  @Override
  public void close() {
    cancel();
  }
}
