package dev.mallard.generator.engine;

import dev.mallard.generator.UserException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What computes: the processor, or one of the machine's NVIDIA GPUs. */
public sealed interface Device {
  /** The name in libtorch, such as {@code cuda:0}. */
  String label();

  /** The processor. */
  record Cpu() implements Device {
    @Override
    public String label() {
      return "cpu";
    }
  }

  /** A GPU. */
  record Cuda(Gpu gpu) implements Device {
    @Override
    public String label() {
      return "cuda:" + gpu.index();
    }
  }

  /**
   * The device that the user names.
   *
   * @param name {@code auto} for the first GPU, or the processor where there is none; {@code cpu};
   *     {@code cuda}; or {@code cuda:1}
   * @param gpus those of the machine
   * @throws UserException if there is no such device
   */
  static Device choose(String name, List<Gpu> gpus) {
    Matcher cuda = Pattern.compile("cuda(?::(\\d{1,3}))?").matcher(name);
    if (name.equals("cpu") || (name.equals("auto") && gpus.isEmpty())) {
      return new Cpu();
    }
    if (name.equals("auto")) {
      return new Cuda(gpus.getFirst());
    }
    if (!cuda.matches()) {
      throw new UserException(
          "There is no device '%s': say auto, cpu, cuda, or cuda:N for the GPU of number N."
              .formatted(name));
    }
    int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    return gpus.stream()
        .filter(gpu -> gpu.index() == index)
        .findFirst()
        .map(Cuda::new)
        .orElseThrow(() ->
            new UserException(
                gpus.isEmpty()
                    ? "There is no device %s, because NVIDIA's driver (nvidia-smi) finds no GPU: install it, or say --device cpu."
                        .formatted(name)
                    : "There is no device %s: this machine has %s."
                        .formatted(
                            name,
                            String.join(
                                ", ", gpus.stream().map(gpu -> "cuda:" + gpu.index()).toList()))));
  }
}
