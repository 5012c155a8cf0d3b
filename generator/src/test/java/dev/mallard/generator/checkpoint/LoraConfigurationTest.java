package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoraConfigurationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peft_type | `IA3`",
        "peft_type | null",
        "bias | `all`",
        "bias | `lora_only`",
        "use_dora | true",
        "use_qalora | true",
        "lora_bias | true",
        "fan_in_fan_out | true",
        "modules_to_save | [`lm_head`]",
        "layer_replication | [[0, 1], [0, 1]]",
        "init_lora_weights | `pissa_niter_4`",
        "init_lora_weights | `olora`",
        "trainable_token_indices | [1]",
        "use_rslora | `yes`",
        "r | 0",
        "r | -1",
        "r | 1.5",
        "r | 1000000000",
        "r | `4`",
        "r | null",
        "lora_alpha | `NaN`",
        "lora_alpha | null",
        "lora_alpha | 1e999",
        "rank_pattern | {`x`: 0}",
        "rank_pattern | [1]",
        "alpha_pattern | {`x`: null}",
        "alpha_pattern | {`x(`: 1}",
        "alpha_pattern | {`(?!x)y`: 1}",
        "alpha_pattern | {`((a{1000}){1000}){1000}`: 1}",
        "target_modules | `q_proj(`",
        "target_modules | []",
        "target_modules | [1]",
        "target_modules | null"
      })
  void refusesWhatItCannotApplyByTheNameOfTheField(String field, String value) throws IOException {
    write(LoraAdapterTest.with(field, value.replace('`', '"')));
    refuses(field.equals("peft_type") ? "reads LORA" : field, "adapter_config.json");
  }

  @Test
  void refusesNumbersThatJsonDoesNotHave() throws IOException {
    write(LoraAdapterTest.with("lora_alpha", "NaN"));
    refuses("not valid JSON");
  }

  @ParameterizedTest
  @MethodSource("expensiveExpressions")
  void hostileExpressionsTakeNoTime(String expression) throws IOException {
    write(LoraAdapterTest.with("target_modules", "\"" + expression + "\""));
    LoraConfiguration configuration = LoraConfiguration.read(folder.resolve("adapter_config.json"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(configuration.targets("a".repeat(500))).isFalse());
  }

  static List<String> expensiveExpressions() {
    return List.of(
        "(".repeat(150) + "(a*)*" + ")*".repeat(150) + "x", ".*" + "(|||)".repeat(90) + "x");
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("adapter_config.json"), config);
  }

  private void refuses(String... parts) {
    assertThatThrownBy(() -> LoraConfiguration.read(folder.resolve("adapter_config.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("adapter_config.json")
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
  }
}
