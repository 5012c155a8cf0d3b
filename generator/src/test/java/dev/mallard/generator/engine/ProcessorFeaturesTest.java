package dev.mallard.generator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading Linux's description of the processor. */
class ProcessorFeaturesTest {
  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu avx2 fma,false",
    "flags\t\t: fpu avx512f avx512_bf16 avx512_vnni,true",
    "flags\t\t: fpu amx_bf16 amx_tile,true",
    "flags\t\t: fpu avx512_bf16x,false",
    "model name\t: avx512_bf16,false",
    "'',false"
  })
  void bfloat16IsWhatTheFlagsName(String lines, boolean expected) {
    assertThat(ProcessorFeatures.of("processor\t: 0\n" + lines + "\nbugs\t: none\n").bfloat16())
        .isEqualTo(expected);
  }
}
