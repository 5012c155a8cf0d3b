package dev.mallard.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyMeterTest {
  @Test
  void whatIsTakenIsDividedAmongThoseThatRun() {
    EnergyMeter meter = new EnergyMeter();
    meter.read(100, 1);
    EnergyMeter.Share first = meter.begin();
    meter.read(100, 2);
    EnergyMeter.Share second = meter.begin();
    meter.read(300, 1);
    first.close();
    meter.read(50, 4);

    assertThat(first.joules()).hasValue(200 + 150);
    assertThat(second.joules()).hasValue(150 + 200);
  }

  @Test
  void aDeviceThatDoesNotTellTakesNothingKnown() {
    EnergyMeter meter = new EnergyMeter();
    EnergyMeter.Share share = meter.begin();
    try (GpuPower _ = GpuPower.of(List.of("printf", "[N/A]\\n[N/A]\\n"), meter);
        GpuPower _ = GpuPower.of(List.of("no-such-driver"), meter)) {
      assertThat(share.joules()).isEmpty();
    }
  }

  @Test
  void readsWhatTheDriverPrints() throws InterruptedException {
    EnergyMeter meter = new EnergyMeter();
    EnergyMeter.Share share = meter.begin();
    try (GpuPower _ = GpuPower.of(List.of("printf", "312.45\\n"), meter)) {
      Instant end = Instant.now().plus(Duration.ofSeconds(30));
      while (share.joules().isEmpty() && Instant.now().isBefore(end)) {
        Thread.sleep(5);
      }
      assertThat(share.joules().orElseThrow()).isPositive();
    }
  }
}
