package dev.mallard.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the process that drives a run on Spark is started. Spark is on the class path of that process
 * alone, so its libraries never meet those of the command line.
 *
 * @param jdk folder of the JDK that runs the driver, and the executors of a cluster on this machine
 * @param sparkHome a folder that has Spark's jars and Mallard's in {@code jars}
 */
public record DriverCommand(Path jdk, Path sparkHome) {
  /** The main class. */
  public static final String MAIN = "dev.mallard.benchmarks.spark.SubmitMain";

  /** What Spark needs of the JVM; of its own list, what JDK 25 has and does not warn of. */
  public static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "-Dio.netty.tryReflectionSetAccessible=true",
          "-Dio.netty.allocator.type=pooled",
          "-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  /**
   * The command and its arguments.
   *
   * @param job file of a {@link ClusterJob}
   * @param folder of the run
   * @param master address of the cluster, as Spark writes it
   * @param settings of Spark, each {@code name=value}
   */
  public List<String> command(Path job, Path folder, String master, List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin").resolve("java").toString());
    command.add("-Xmx1g");
    command.addAll(JAVA_OPTIONS);
    command.add("-classpath");
    command.add(sparkHome.resolve("jars").resolve("*").toString());
    command.add(MAIN);
    command.add(job.toString());
    command.add(folder.toString());
    command.add("--master");
    command.add(master);
    for (String setting : settings) {
      command.add("--conf");
      command.add(setting);
    }
    return command;
  }

  /** What the environment of the process must have, besides what it inherits. */
  public Map<String, String> environment() {
    return Map.of("SPARK_HOME", sparkHome.toString(), "JAVA_HOME", jdk.toString());
  }
}
