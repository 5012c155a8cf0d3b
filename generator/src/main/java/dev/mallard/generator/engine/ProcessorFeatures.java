package dev.mallard.generator.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the processor's instructions are.
 *
 * @param bfloat16 whether they multiply matrices of bfloat16
 */
record ProcessorFeatures(boolean bfloat16) {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessorFeatures.class);
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Where the system does not tell, no instruction is taken for granted. */
  static ProcessorFeatures ofThisMachine() {
    if (!Files.isReadable(CPU_INFO)) {
      return new ProcessorFeatures(false);
    }
    try {
      return of(Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.warn("{} cannot be read", CPU_INFO, e);
      return new ProcessorFeatures(false);
    }
  }

  /** Reads Linux's description of its processors, as it is for x86-64. */
  static ProcessorFeatures of(String cpuInfo) {
    List<String> flags =
        cpuInfo.lines().filter(line -> line.startsWith("flags")).findFirst().stream()
            .flatMap(line -> Stream.of(line.split("\\s+")))
            .toList();
    return new ProcessorFeatures(flags.contains("avx512_bf16") || flags.contains("amx_bf16"));
  }
}
