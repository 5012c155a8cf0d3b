package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private static final List<Gpu> TWO =
      List.of(new Gpu(0, "One", 24L << 30), new Gpu(1, "Other, Ltd", 80L << 30));

  @Test
  void autoTakesTheFirstGpuElseTheProcessor() {
    assertThat(Device.choose("auto", TWO).label()).isEqualTo("cuda:0");
    assertThat(Device.choose("auto", List.of())).isEqualTo(new Device.Cpu());
  }

  @Test
  void aNamedDeviceIsTakenOrRefusedAndNeverReplaced() {
    assertThat(Device.choose("cpu", TWO)).isEqualTo(new Device.Cpu());
    assertThat(Device.choose("cuda", TWO).label()).isEqualTo("cuda:0");
    assertThat(Device.choose("cuda:1", TWO).label()).isEqualTo("cuda:1");
    refuses("cuda:2", TWO, "cuda:0, cuda:1");
    refuses("cuda", List.of(), "nvidia-smi");
    refuses("gpu", TWO, "auto, cpu, cuda");
    refuses("cuda:", TWO, "auto, cpu, cuda");
  }

  @Test
  void readsWhatTheDriverSaysOfItsGpus() {
    assertThat(Gpu.parse("0, One, 24576\n1, Other, Ltd, 81920\nno GPU\n\n2, x, many\n"))
        .isEqualTo(TWO);
    assertThat(Gpu.all(List.of("/no/such/nvidia-smi"))).isEmpty();
  }

  private static void refuses(String name, List<Gpu> gpus, String part) {
    assertThatThrownBy(() -> Device.choose(name, gpus))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(part);
  }
}
