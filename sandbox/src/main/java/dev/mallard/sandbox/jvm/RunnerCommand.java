package dev.mallard.sandbox.jvm;

import dev.mallard.sandbox.runner.RunnerMain;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a runner, as seen from inside of its {@link View}. */
final class RunnerCommand {
  /** The modules that a program can use; tests and programs are compiled against the same. */
  static final String GUEST_MODULES = "java.base,java.logging";

  private RunnerCommand() {}

  static List<String> forHeap(int heapMebibytes, List<String> runnerClasses) {
    List<String> command = new ArrayList<>();
    command.add(View.JDK.resolve("bin/java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMebibytes + "m",
            "-Xms16m",
            "-Xss1m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=128m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=16m",
            // A full heap ends the process, at once and for certain.
            "-XX:+ExitOnOutOfMemoryError",
            // Standard output belongs to the frames and the program.
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData",
            "-XX:-UseContainerSupport",
            "-XX:+DisableAttachMechanism",
            "-XX:-EnableDynamicAgentLoading"));
    command.addAll(
        List.of(
            "--illegal-native-access=deny",
            "--limit-modules=" + GUEST_MODULES + "," + RunnerModule.NAME,
            "--add-modules=java.logging",
            "--module-path=" + View.RUNNER,
            "-Duser.language=en",
            "-Duser.country=US",
            "-Duser.timezone=UTC",
            "-Duser.name=nobody",
            "-Duser.home=/",
            "-Djava.io.tmpdir=/"));
    command.add("--module=" + RunnerModule.NAME + "/" + RunnerMain.class.getName());
    command.addAll(runnerClasses);
    return command;
  }
}
