package dev.mallard.sandbox.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.sandbox.Limits;
import dev.mallard.sandbox.Report;
import dev.mallard.sandbox.TestSuite;
import dev.mallard.sandbox.TestSuite.Exchange;
import dev.mallard.sandbox.TestSuite.StandardIo;
import dev.mallard.sandbox.Verdict;
import dev.mallard.sandbox.Verdict.Comparison;
import dev.mallard.sandbox.Verdict.Crashed;
import dev.mallard.sandbox.Verdict.Failed;
import dev.mallard.sandbox.Verdict.Malformed;
import dev.mallard.sandbox.Verdict.OutOfMemory;
import dev.mallard.sandbox.Verdict.Passed;
import dev.mallard.sandbox.Verdict.TimedOut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Hostile Java programs: none gets out, none fakes a pass, and after each the next one runs. */
@TestInstance(Lifecycle.PER_CLASS)
class JavaContainmentTest {
  private static final Limits SHORT = JavaRuns.LIMITS.withWallClock(Duration.ofSeconds(2));

  /** A test that the honest program passes and the hostile ones do not. */
  private static final String TESTS =
      """
      assert Solution.answer() == 42;
      assert Arrays.equals(new int[] {Solution.answer()}, new int[] {42});
      """;

  private JavaRuns runs;

  @BeforeAll
  void start() {
    runs = new JavaRuns();
  }

  @AfterEach
  void theNextProgramRuns() {
    String honest = "class Solution { static int answer() { return 42; } }";
    assertThat(runs.verdict(honest, TESTS)).isEqualTo(new Passed(2));
  }

  @AfterAll
  void stop() {
    if (runs != null) {
      runs.close();
    }
  }

  // What is outside

  @Test
  void filesOfTheMachineCannotBeRead() {
    assertThat(
            attempt(
                "return java.nio.file.Files.readString(java.nio.file.Path.of(\"/etc/passwd\"));"))
        .startsWith("NoSuchFileException");
  }

  @Test
  void theMachinesDirectoriesAreNotThere() {
    String listed = attempt("return java.util.Arrays.toString(new java.io.File(\"/\").list());");
    assertThat(listed).startsWith("[").contains("jdk").doesNotContain("etc", "home", "proc", "tmp");
  }

  @Test
  void filesCannotBeWritten(@TempDir Path directory) {
    Path file = directory.resolve("file");
    String write =
        "java.nio.file.Files.writeString(java.nio.file.Path.of(\"%s\"), \"x\");"
            + " return \"written\";";
    assertThat(
            attempts(
                write.formatted("/x"),
                write.formatted("/jdk/lib/x"),
                write.formatted("/runner/x"),
                "return java.io.File.createTempFile(\"abc\", \"b\").toString();",
                write.formatted(file)))
        .satisfiesExactly(
            root -> assertThat(root).contains("Read-only"),
            jdk -> assertThat(jdk).contains("Read-only"),
            runner -> assertThat(runner).contains("Read-only"),
            temporary -> assertThat(temporary).startsWith("IOException"),
            outside -> assertThat(outside).startsWith("NoSuchFileException"));
    assertThat(file).doesNotExist();
  }

  @Test
  void theEnvironmentTellsNothing() {
    assertThat(
            attempts(
                "return new java.util.TreeSet<>(System.getenv().keySet()).toString();",
                "return System.getProperty(\"user.name\") + System.getProperty(\"user.home\");"))
        .satisfiesExactly(
            names ->
                assertThat(names)
                    .isIn(
                        "[LD_LIBRARY_PATH, MALLOC_ARENA_MAX]",
                        "[LD_LIBRARY_PATH, MALLOC_ARENA_MAX, PWD]"),
            user -> assertThat(user).isEqualTo("nobody/"));
  }

  @Test
  void connectionsDoNotArrive() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              attempt(
                  "new java.net.Socket(\"127.0.0.1\", %d).close(); return \"connected\";"
                      .formatted(server.getLocalPort())))
          .matches("(Connect|Socket)Exception.*");
      server.setSoTimeout(100);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void thereIsNoNetworkToLookAt() {
    assertThat(
            attempts(
                """
                return java.net.NetworkInterface.networkInterfaces()
                    .map(java.net.NetworkInterface::getName).toList().toString();
                """,
                "return java.net.InetAddress.getByName(\"example.com\").toString();"))
        .satisfiesExactly(
            // At most one of its own.
            interfaces -> assertThat(interfaces).matches("\\[(lo)?]|SocketException.*"),
            address -> assertThat(address).startsWith("UnknownHostException"));
  }

  @Test
  void noCommandRuns() {
    assertThat(
            attempts(
                """
                String[] command = {"/bin/sh", "-c", "id"};
                return "" + Runtime.getRuntime().exec(command).waitFor();
                """,
                "return \"\" + new ProcessBuilder(\"ls\").start().waitFor();"))
        .allSatisfy(outcome -> assertThat(outcome).startsWith("IOException"));
  }

  @Test
  void notEvenAnotherJvmRuns() {
    // It could be told to allow native code, and so to look into the memory of the first.
    for (String mechanism : List.of("POSIX_SPAWN", "VFORK", "FORK")) {
      String spawn =
          """
          System.setProperty("jdk.lang.Process.launchMechanism", "%s");
          return "" + new ProcessBuilder(%s).start().waitFor();
          """;
      assertThat(
              attempts(
                  spawn.formatted(mechanism, "\"/jdk/bin/java\", \"--version\""),
                  spawn.formatted(
                      mechanism, "\"/lib64/ld-linux-x86-64.so.2\", \"/jdk/lib/jspawnhelper\""),
                  spawn.formatted(mechanism, "\"/lib/x86_64-linux-gnu/libc.so.6\""),
                  spawn.formatted(mechanism, "\"/jdk/lib/jspawnhelper\"")))
          .allSatisfy(outcome -> assertThat(outcome).startsWith("IOException"));
    }
    assertThat(attempt("return java.util.Arrays.toString(new java.io.File(\"/jdk/bin\").list());"))
        .isEqualTo("[]");
  }

  @Test
  void otherProcessesAreNotSeen() {
    assertThat(
            attempts(
                "return \"\" + ProcessHandle.allProcesses().count();",
                """
                for (long pid = 2; pid < 70000; pid++) {
                  ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
                return "alive";
                """))
        .satisfiesExactly(
            count -> assertThat(count).startsWith("RuntimeException: No such file or directory"),
            killing -> assertThat(killing).isEqualTo("alive"));
  }

  // What is inside of the JVM

  @Test
  void nativeLibrariesAreNotLoaded() {
    assertThat(
            attempts(
                "System.load(\"/jdk/lib/libnet.so\"); return \"loaded\";",
                "System.loadLibrary(\"net\"); return \"loaded\";"))
        .allSatisfy(outcome -> assertThat(outcome).startsWith("IllegalCallerException"));
  }

  @Test
  void nativeFunctionsAreNotCalled() {
    assertThat(
            attempts(
                """
                var linker = java.lang.foreign.Linker.nativeLinker();
                var getpid = linker.defaultLookup().find("getpid").orElseThrow();
                var type =
                    java.lang.foreign.FunctionDescriptor.of(java.lang.foreign.ValueLayout.JAVA_INT);
                return "" + (int) linker.downcallHandle(getpid, type).invokeExact();
                """,
                """
                return "" + java.lang.foreign.MemorySegment.ofAddress(4096).reinterpret(8)
                    .get(java.lang.foreign.ValueLayout.JAVA_LONG, 0);
                """,
                """
                var layer = ModuleLayer.boot();
                var configuration = layer.configuration().resolve(
                    java.lang.module.ModuleFinder.of(),
                    java.lang.module.ModuleFinder.of(),
                    java.util.List.of());
                var controller = ModuleLayer.defineModulesWithOneLoader(
                    configuration, java.util.List.of(layer), null);
                controller.enableNativeAccess(Solution.class.getModule());
                return "enabled";
                """))
        .allSatisfy(outcome -> assertThat(outcome).matches("Illegal(Caller|Argument)Exception.*"));
  }

  @Test
  void unsafeIsNotThere() {
    assertThat(
            attempts(
                "return Class.forName(\"sun.misc.Unsafe\").toString();",
                """
                var type = Class.forName("jdk.internal.misc.Unsafe");
                var field = type.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                return field.get(null).toString();
                """))
        .satisfiesExactly(
            old -> assertThat(old).startsWith("ClassNotFoundException"),
            internal -> assertThat(internal).startsWith("InaccessibleObjectException"));
  }

  @Test
  void modulesThatLookIntoTheJvmAreNotThere() {
    assertThat(
            attempt(
                "return"
                    + " ModuleLayer.boot().modules().stream().map(Module::getName).sorted().toList().toString();"))
        .isEqualTo("[dev.mallard.runner, java.base, java.logging]");
  }

  @Test
  void theHarnessCannotBeReflectedInto() {
    assertThat(
            attempts(
                """
                var holder = Thread.class.getDeclaredField("holder");
                holder.setAccessible(true);
                return Thread.getAllStackTraces().keySet().toString();
                """,
                """
                var type = Class.forName("dev.mallard.sandbox.runner.FrameWriter");
                type.getDeclaredField("secret").setAccessible(true);
                return "opened";
                """,
                """
                var out = java.io.FilterOutputStream.class.getDeclaredField("out");
                out.setAccessible(true);
                return out.get(System.out).toString();
                """,
                """
                var type = Class.forName("dev.mallard.sandbox.runner.JobRun");
                return java.lang.invoke.MethodHandles
                    .privateLookupIn(type, java.lang.invoke.MethodHandles.lookup()).toString();
                """,
                """
                var main = Class.forName("dev.mallard.sandbox.runner.RunnerMain")
                    .getMethod("main", String[].class);
                main.invoke(null, (Object) new String[0]);
                return "called";
                """))
        .allSatisfy(
            outcome -> assertThat(outcome).matches("(InaccessibleObject|IllegalAccess)Exc.*"));
  }

  @Test
  void memoryIsNotReachedThroughProc() {
    assertThat(
            attempt(
                "return"
                    + " java.nio.file.Files.readString(java.nio.file.Path.of(\"/proc/self/maps\"));"))
        .startsWith("NoSuchFileException");
  }

  @Test
  void classesOfThePlatformAreNotReplaced() {
    assertThat(runs.verdict("package java.lang; public class Boolean {}", TESTS))
        .isInstanceOf(Malformed.class);
    assertThat(runs.verdict("package dev.mallard.sandbox.runner; class FrameWriter {}", TESTS))
        .isInstanceOf(Malformed.class);
    assertThat(
            attempt(
                """
                class Loader extends ClassLoader {
                  Class<?> define(byte[] bytes) {
                    return defineClass("java.lang.Evil", bytes, 0, bytes.length);
                  }
                }
                return new Loader().define(java.lang.classfile.ClassFile.of().build(
                    java.lang.constant.ClassDesc.of("java.lang.Evil"), c -> {})).toString();
                """))
        .startsWith("SecurityException");
  }

  // Faking a pass

  @Test
  void whatLooksLikeAFrameIsOutput() {
    String program =
        """
        import java.io.*;
        class Solution {
          static int answer() throws IOException {
            var out = new FileOutputStream(FileDescriptor.out);
            for (int tag = 0; tag < 256; tag++) {
              byte[] frame = new byte[64];
              frame[16] = 1;
              frame[18] = 5;
              frame[19] = (byte) tag;
              out.write(frame);
            }
            out.close();
            System.out.close();
            return 1;
          }
        }
        """;
    assertThat(runs.verdict(program, TESTS).passed()).isFalse();
  }

  @Test
  void standardInputHoldsNothingOfTheHarness() {
    String program =
        """
        import java.io.*;
        class Solution {
          static int answer() throws Exception {
            new Thread(() -> {
              try {
                System.out.println("read " + new FileInputStream(FileDescriptor.in).read());
              } catch (IOException e) {
                System.out.println(e);
              }
            }).start();
            return System.in.read();
          }
        }
        """;
    Report report = runs.report(program, TestSuite.asserts(TESTS));
    assertThat(report.verdict()).isInstanceOf(Failed.class);
    assertThat(report.standardOutput()).doesNotContain("read");
  }

  @Test
  void exitingInTheMiddleOfTestsIsNoPass() {
    assertThat(runs.verdict(answering("System.exit(0); return 42;"), TESTS))
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.type()).isEqualTo("SystemExit"));
    assertThat(runs.verdict(answering("Runtime.getRuntime().halt(0); return 42;"), TESTS))
        .isInstanceOfSatisfying(
            Crashed.class, crash -> assertThat(crash.type()).isEqualTo("SystemExit"));
    assertThat(runs.verdict(answering("Runtime.getRuntime().halt(3); return 42;"), TESTS))
        .isInstanceOfSatisfying(Crashed.class, crash -> assertThat(crash.message()).isEqualTo("3"));
  }

  @Test
  void exitingFromAnotherThreadIsNoPass() {
    String program =
        answering(
            "new Thread(() -> System.exit(0)).start(); while (true) { Thread.onSpinWait(); }");
    assertThat(runs.verdict(program, TESTS)).isInstanceOf(Crashed.class);
  }

  @Test
  void typesNamedLikeThoseThatTestsUseAreNotTakenForThem() {
    String program =
        """
        class Solution {
          static Integer answer() { return 1; }
        }
        class Arrays {
          static boolean equals(Object a, Object b) { return true; }
        }
        class Objects {
          static boolean equals(Object a, Object b) { return true; }
        }
        class Boolean {
          static final Boolean FALSE = new Boolean();
          static boolean parseBoolean(String text) { return true; }
        }
        class AssertionError extends Error {
          AssertionError(String text) { System.exit(0); }
        }
        class Throwable extends java.lang.Exception {}
        class AssertionSink {}
        class MallardTests { static void run(AssertionSink sink) {} }
        """;
    Report report =
        runs.report(
            program,
            TestSuite.asserts(
                """
                assert Objects.equals(Solution.answer(), 42);
                assert Arrays.equals(new int[] {Solution.answer()}, new int[] {42});
                assert Boolean.parseBoolean("" + (Solution.answer() == 42));
                if (Solution.answer() != 42) { throw new AssertionError("no"); }
                """));
    assertThat(report.tests())
        .hasSize(4)
        .allSatisfy(result -> assertThat(result.verdict()).isInstanceOf(Failed.class));
  }

  @Test
  void theTestsOwnMainIsRunAndNoOther() {
    String program =
        """
        class Solution { static int answer() { return 1; } }
        class Main { public static void main(String[] arguments) {} }
        class List { static boolean of() { return true; } }
        """;
    String tests =
        """
        public class Main {
          public static void main(String[] arguments) {
            List<Boolean> correct = Arrays.asList(Solution.answer() == 42);
            if (correct.contains(false)) { throw new AssertionError(); }
          }
        }
        """;
    assertThat(runs.verdict(program, tests)).isInstanceOf(Failed.class);
  }

  @Test
  void assertionsStayEnabled() {
    String program =
        """
        class Solution {
          static {
            ClassLoader loader = Solution.class.getClassLoader();
            loader.setDefaultAssertionStatus(false);
            loader.clearAssertionStatus();
            loader.setClassAssertionStatus("Checks", false);
            loader.setPackageAssertionStatus("", false);
          }
          static int answer() { return 1; }
        }
        """;
    String tests =
        """
        class Main { public static void main(String[] a) { new Solution(); Checks.check(); } }
        class Checks { static void check() { assert Solution.answer() == 42; } }
        """;
    assertThat(runs.verdict(program, tests)).isInstanceOf(Failed.class);
  }

  @Test
  void settingsOfTheJvmDoNotDecide() {
    String body =
        """
        java.util.Locale.setDefault(java.util.Locale.forLanguageTag("ar-EG-u-nu-arab"));
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
        System.setProperties(new java.util.Properties());
        System.setOut(null);
        System.setErr(null);
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(0));
        Thread.currentThread().setUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(0));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
          thread.setName("x");
          if (thread != Thread.currentThread()) { thread.interrupt(); }
        }
        Thread.currentThread().interrupt();
        return 1;
        """;
    assertThat(runs.verdict(answering(body), TESTS)).isInstanceOf(Failed.class);
  }

  @Test
  void catchingEverythingDoesNotHelp() {
    String body =
        """
        try {
          return answer();
        } catch (Throwable e) {
          Thread.currentThread().interrupt();
          throw new Error() {
            @Override public StackTraceElement[] getStackTrace() { throw this; }
            @Override public String getMessage() { throw this; }
            @Override public String toString() { throw this; }
          };
        }
        """;
    assertThat(runs.verdict(answering(body), TESTS)).isInstanceOf(Crashed.class);
  }

  @Test
  void aValueWhoseTextFailsStillFails() {
    String program =
        """
        class Solution {
          static Object answer() { return new Solution(); }
          @Override public String toString() { %s }
        }
        """;
    String tests = "assert Solution.answer().equals(42);\nassert true;";
    assertThat(runs.verdict(program.formatted("throw new Error();"), tests))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.comparison()).map(Comparison::actual).contains("Solution"));
    assertThat(
            runs.report(
                    program.formatted("while (true) { Thread.onSpinWait(); }"),
                    TestSuite.asserts(tests),
                    SHORT)
                .verdict())
        .isInstanceOf(Failed.class);
    assertThat(runs.verdict(program.formatted("System.exit(0); return \"\";"), tests))
        .isInstanceOf(Failed.class);
  }

  // Taking what there is

  @Test
  void aFloodOfThreadsEnds() {
    String body =
        """
        while (true) {
          new Thread(() -> {
            while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }
          }).start();
        }
        """;
    assertThat(runs.report(answering(body), TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOfAny(TimedOut.class, OutOfMemory.class);
  }

  @Test
  void anEndlessLoopInAnInitializerEnds() {
    String program =
        "class Solution { static { while (Solution.class != null) { } } static int answer() {"
            + " return 42; } }";
    assertThat(runs.report(program, TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOf(TimedOut.class);
  }

  @Test
  void aProgramThatIgnoresInterruptsAndCatchesAllEnds() {
    String body =
        """
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
        while (true) { try { Thread.sleep(10_000); } catch (Throwable e) { } }
        """;
    assertThat(runs.report(answering(body), TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOf(TimedOut.class);
  }

  @Test
  void memoryOutsideOfTheHeapIsLimitedToo() {
    String body =
        """
        var all = new java.util.ArrayList<Object>();
        while (true) { all.add(java.nio.ByteBuffer.allocateDirect(1 << 20)); }
        """;
    assertThat(runs.verdict(answering(body), TESTS)).isInstanceOf(OutOfMemory.class);
    String arena =
        """
        var arena = java.lang.foreign.Arena.global();
        while (true) { arena.allocate(1 << 20).fill((byte) 1); }
        """;
    assertThat(runs.verdict(answering(arena), TESTS)).isInstanceOf(OutOfMemory.class);
  }

  @Test
  void aHugeArrayIsOutOfMemory() {
    assertThat(runs.verdict(answering("return new long[Integer.MAX_VALUE].length;"), TESTS))
        .isInstanceOf(OutOfMemory.class);
  }

  @Test
  void aFloodOfClassesEnds() {
    String body =
        """
        for (int i = 0; ; i++) {
          java.lang.reflect.Proxy.newProxyInstance(new ClassLoader() {},
              new Class<?>[] {Runnable.class}, (p, m, a) -> null);
        }
        """;
    assertThat(runs.report(answering(body), TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOfAny(TimedOut.class, OutOfMemory.class);
  }

  @Test
  void aFloodOfOutputIsCut() {
    String body = "while (true) { System.out.println(\"flood\"); System.err.println(\"flood\"); }";
    Report report = runs.report(answering(body), TestSuite.asserts(TESTS), SHORT);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.standardOutput()).hasSize(10_000);
    assertThat(report.standardError()).hasSize(10_000);
  }

  @Test
  void aFloodPastSystemOutIsCut() {
    String body =
        """
        var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
        byte[] flood = new byte[1 << 16];
        java.util.Arrays.fill(flood, (byte) 'x');
        while (true) { out.write(flood); }
        """;
    Report report = runs.report(answering(body), TestSuite.asserts(TESTS), SHORT);
    assertThat(report.verdict()).isInstanceOf(TimedOut.class);
    assertThat(report.standardOutput()).hasSize(10_000);
  }

  @Test
  void aRegularExpressionThatExplodesEnds() {
    String body = "return \"a\".repeat(60).matches(\"(a+)*(a+)*(a*)*\\\\1b\") ? 42 : 1;";
    assertThat(runs.report(answering(body), TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOfAny(TimedOut.class, Crashed.class);
  }

  @Test
  void aNumberThatExplodesEnds() {
    String body =
        """
        var n = java.math.BigInteger.TWO;
        while (true) { n = n.multiply(n); }
        """;
    assertThat(runs.report(answering(body), TestSuite.asserts(TESTS), SHORT).verdict())
        .isInstanceOfAny(TimedOut.class, OutOfMemory.class, Crashed.class);
  }

  @Test
  void lockingWhatTheHarnessUsesDoesNotStopIt() {
    String body =
        """
        var locked = new java.util.concurrent.CountDownLatch(1);
        new Thread(() -> {
          synchronized (System.out) {
            synchronized (Solution.class.getClassLoader()) {
              locked.countDown();
              while (true) { Thread.onSpinWait(); }
            }
          }
        }).start();
        locked.await();
        return 1;
        """;
    assertThat(runs.verdict(answering(body), "assert Solution.answer() == 42;"))
        .isInstanceOf(Failed.class);
  }

  @Test
  void stackOverflowInTheMiddleOfOutputDoesNotBreakTheHarness() {
    String program =
        """
        class Solution {
          static int depth(int n) {
            System.out.println(n);
            try { return depth(n + 1); } catch (StackOverflowError e) { return depth2(n); }
          }
          static int depth2(int n) { System.err.print(n); return n; }
          static int answer() { for (int i = 0; i < 5; i++) depth(0); return 1; }
        }
        """;
    assertThat(runs.verdict(program, TESTS)).isInstanceOf(Failed.class);
  }

  @Test
  void threadsThatAreLeftDoNotOutliveTheRun() throws IOException {
    String body =
        """
        for (int i = 0; i < 20; i++) {
          new Thread(() -> { while (true) { Thread.onSpinWait(); } }).start();
        }
        return 42;
        """;
    assertThat(runs.verdict(answering(body), TESTS)).isEqualTo(new Passed(2));
  }

  @Test
  void aMainWhoseThreadsNeverEndIsStopped() {
    String program = "void main() { new Thread(() -> { while (true) { } }).start(); }";
    assertThat(runs.report(program, TestSuite.EMPTY, SHORT).verdict()).isInstanceOf(TimedOut.class);
    assertThat(
            runs.report(
                    program,
                    new StandardIo(List.of(new Exchange("", ""), new Exchange("", ""))),
                    SHORT)
                .tests())
        .hasSize(2)
        .noneMatch(result -> result.passed());
  }

  // The compiler

  @Test
  void aSourceTextThatNestsTooDeepIsMalformed() {
    String program =
        "class Solution { static int answer() { return " + "(".repeat(200_000) + "1; } }";
    assertThat(runs.verdict(program, TESTS)).isInstanceOf(Malformed.class);
  }

  @Test
  void aSourceTextWithManyOperatorsGetsAVerdict() {
    String sum = IntStream.range(0, 20_000).mapToObj(i -> "x").collect(Collectors.joining("+"));
    String program = "class Solution { static int answer() { int x = 1; return " + sum + "; } }";
    assertThat(runs.verdict(program, TESTS)).isInstanceOfAny(Failed.class, Malformed.class);
  }

  @Test
  void annotationProcessorsDoNotRun() {
    String program =
        """
        @javax.annotation.processing.SupportedAnnotationTypes("*")
        class Solution extends javax.annotation.processing.AbstractProcessor {
          static int answer() { return 42; }
        }
        """;
    assertThat(runs.verdict(program, TESTS)).isInstanceOf(Malformed.class);
  }

  private static String answering(String body) {
    return "class Solution { static int answer() throws Exception { " + body + " } }";
  }

  /** What a body gives, or the exception that it ends with. */
  private String attempt(String body) {
    return attempts(body).getFirst();
  }

  /** The same of several bodies, in one process. */
  private List<String> attempts(String... bodies) {
    StringBuilder program = new StringBuilder("class Solution {\n");
    StringBuilder tests = new StringBuilder();
    for (int index = 0; index < bodies.length; index++) {
      program.append("static String attempt%d() throws Throwable {\n".formatted(index));
      program.append(bodies[index]).append("\n}\n");
      tests.append("assert Solution.attempt%d() == null;\n".formatted(index));
    }
    return runs.report(program + "}", TestSuite.asserts(tests.toString())).tests().stream()
        .map(result -> outcome(result.verdict()))
        .toList();
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict) {
      case Failed failed -> failed.comparison().orElseThrow().actual();
      case Crashed crash -> crash.type() + ": " + crash.message();
      default -> throw new AssertionError(verdict);
    };
  }
}
