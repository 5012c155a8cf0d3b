package dev.mallard.benchmarks.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the power of an NVIDIA GPU from its driver twice a second, as long as it is open. */
public final class GpuPower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GpuPower.class);

  private final @Nullable Process process;

  private GpuPower(@Nullable Process process) {
    this.process = process;
  }

  /**
   * Begins to read; where there is no driver, nothing is ever read.
   *
   * @param gpu number of the GPU, as CUDA counts
   */
  public static GpuPower of(int gpu, EnergyMeter meter) {
    return of(
        List.of(
            "nvidia-smi",
            "--query-gpu=power.draw",
            "--format=csv,noheader,nounits",
            "--id=" + gpu,
            "--loop-ms=500"),
        meter);
  }

  static GpuPower of(List<String> command, EnergyMeter meter) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread.ofVirtual().name("gpu-power").start(() -> read(process, meter));
      return new GpuPower(process);
    } catch (IOException e) {
      LOG.debug("no power is read", e);
      return new GpuPower(null);
    }
  }

  private static void read(Process process, EnergyMeter meter) {
    long last = System.nanoTime();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        // A card that does not tell says "[N/A]".
        if (line.strip().matches("\\d+(\\.\\d+)?")) {
          meter.read(Double.parseDouble(line.strip()), (now - last) / 1e9);
        }
        last = now;
      }
    } catch (IOException e) {
      LOG.debug("the reading of power ends", e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
