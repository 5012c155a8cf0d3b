package dev.mallard.sandbox.command;

import dev.mallard.sandbox.CommandLanguage;
import java.util.ArrayList;
import java.util.List;

/** Fills in the places of a {@link CommandLanguage}'s command. */
final class CommandArguments {
  private CommandArguments() {}

  /** The command as it is run within a {@link Place}. */
  static List<String> of(CommandLanguage language, int heapMebibytes) {
    String program = Place.PROGRAM.resolve(language.programName()).toString();
    List<String> arguments = new ArrayList<>();
    for (String argument : language.command()) {
      if (argument.equals(CommandLanguage.JAVA)) {
        arguments.addAll(java(heapMebibytes));
      } else {
        arguments.add(
            argument
                .replace(CommandLanguage.PROGRAM, program)
                .replace(CommandLanguage.LANGUAGE, Place.LANGUAGE.toString()));
      }
    }
    return arguments;
  }

  private static List<String> java(int heapMebibytes) {
    return List.of(
        Place.JDK.resolve("bin/java").toString(),
        "-Xmx" + heapMebibytes + "m",
        "-Xms16m",
        "-XX:+UseSerialGC",
        // Most runs are over before better code would pay.
        "-XX:TieredStopAtLevel=1",
        // Nor does verifying the classes of the compiler, if the program is source text: what is
        // not confined by the operating system is not confined here.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-BytecodeVerificationRemote",
        "-XX:MaxMetaspaceSize=128m",
        "-XX:CompressedClassSpaceSize=64m",
        "-XX:ReservedCodeCacheSize=64m",
        // A full heap ends the process, at once and for certain.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+DisplayVMOutputToStderr",
        "-Xlog:disable",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:-UsePerfData",
        "-XX:-UseContainerSupport",
        "-Duser.language=en",
        "-Duser.timezone=UTC",
        "-Dstdout.encoding=UTF-8",
        "-Dstderr.encoding=UTF-8",
        "-Djava.io.tmpdir=/tmp");
  }
}
