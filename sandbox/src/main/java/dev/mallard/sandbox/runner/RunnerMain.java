package dev.mallard.sandbox.runner;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A confined JVM: takes a secret and one job on standard input, does the job, and ends. It ends
 * when standard input does, whatever it is doing.
 *
 * <p>The arguments are the names of its own classes: they are loaded ahead, so that none has to be
 * loaded while the program has used up the stack.
 */
public final class RunnerMain {
  /** Asks, on standard input, for what has been recorded so far. */
  public static final int REPORT_RECORDING = 'r';

  /** Exit code of a runner that nobody listens to. */
  static final int BROKEN = 4;

  /** The exit code with which {@code -XX:+ExitOnOutOfMemoryError} ends a JVM. */
  public static final int OUT_OF_MEMORY = 3;

  /** The exit code of a runner that is not confined, and so does nothing. */
  public static final int UNCONFINED = 5;

  private RunnerMain() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    if (Files.exists(Path.of("/proc")) || Files.exists(Path.of("/etc/passwd"))) {
      Runtime.getRuntime().halt(UNCONFINED);
    }
    for (String name : arguments) {
      Class.forName(name);
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
      byte[] secret = new byte[Frames.SECRET_BYTES];
      in.readFully(secret);
      FrameWriter frames = new FrameWriter(secret, new FileOutputStream(FileDescriptor.out));
      frames.send(new Event.Ready());
      JobRun run = new JobRun(Job.fromBytes(Wire.readBytes(in)), frames);
      run.start();
      int command;
      while ((command = in.read()) >= 0) {
        if (command == REPORT_RECORDING) {
          run.reportRecording();
        }
      }
    } catch (IOException e) {
      // The executor has gone, or has never wanted anything.
    } finally {
      Runtime.getRuntime().halt(BROKEN);
    }
  }
}
