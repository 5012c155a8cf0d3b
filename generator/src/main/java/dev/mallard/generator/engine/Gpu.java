package dev.mallard.generator.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An NVIDIA GPU of this machine.
 *
 * @param index from 0, as CUDA counts
 * @param name of the product
 * @param memory in bytes
 */
public record Gpu(int index, String name, long memory) {
  private static final Logger LOG = LoggerFactory.getLogger(Gpu.class);
  private static final int SECONDS = 10;

  /** The GPUs that NVIDIA's driver knows of; none where there is no driver. */
  public static List<Gpu> all() {
    return all(
        List.of(
            "nvidia-smi", "--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits"));
  }

  static List<Gpu> all(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        process.getOutputStream().close();
        String output =
            new String(process.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
        return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
            ? parse(output)
            : List.of();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("no NVIDIA driver", e);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Reads lines such as {@code 0, NVIDIA H100 80GB HBM3, 81559}, the memory in MiB. */
  static List<Gpu> parse(String lines) {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      String[] fields = line.split(",", -1);
      Optional<Gpu> gpu = fields.length < 3 ? Optional.empty() : of(fields);
      gpu.ifPresent(gpus::add);
    }
    return List.copyOf(gpus);
  }

  private static Optional<Gpu> of(String[] fields) {
    try {
      String name = String.join(",", List.of(fields).subList(1, fields.length - 1)).strip();
      return Optional.of(
          new Gpu(
              Integer.parseInt(fields[0].strip()),
              name,
              Long.parseLong(fields[fields.length - 1].strip()) << 20));
    } catch (NumberFormatException e) {
      LOG.debug("not a GPU", e);
      return Optional.empty();
    }
  }
}
