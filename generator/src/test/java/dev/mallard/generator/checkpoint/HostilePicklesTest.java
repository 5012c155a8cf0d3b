package dev.mallard.generator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pickle is a program; of those that are no list of tensors, none is run. */
class HostilePicklesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "os-system-0, posix.system",
    "os-system-2, posix.system",
    "os-system-4, posix.system",
    "eval-2, __builtin__.eval",
    "partial-2, functools.partial",
    "nested-2, __builtin__.eval",
    "attribute-2, __builtin__.getattr",
    "datetime-2, datetime.datetime",
    "decimal-2, decimal.Decimal",
    "exception-2, exceptions.ValueError",
    "complex-2, __builtin__.complex",
    "bytearray-2, __builtin__.bytearray",
    "set-2, __builtin__.set"
  })
  void refusesAPickleThatAsksForAnythingElse(String name, String global) throws IOException {
    byte[] pickle = PyTorchFileTest.resource("hostile-" + name + ".pkl");
    refuses(new PyTorchBuilder().entry("data.pkl", pickle), "asks Python for " + global);
  }

  @Test
  void refusesAnythingElseByItsNameInHoweverItIsAskedFor() {
    refuses(PyTorchBuilder.of("(S'x'\nios\nsystem\n."), "0x53");
    refuses(PyTorchBuilder.of("(ios\nsystem\n."), "os.system");
    refuses(PyTorchBuilder.of("cnumpy.core.multiarray\n_reconstruct\n."), "numpy.core.multiarray");
    refuses(PyTorchBuilder.of("ctorch._utils\n_rebuild_tensor_v3\n."), "_rebuild_tensor_v3");
    refuses(PyTorchBuilder.of("ctorch\nload\n."), "torch.load");
    refuses(PyTorchBuilder.of("ccollections\nOrderedDict\n)\u0081."), "0x81");
    refuses(PyTorchBuilder.of("\u0082\1."), "0x82");
    refuses(PyTorchBuilder.of("cos\u001b[31m\nsystem\n."), "os?[31m.system");
  }

  @Test
  void refusesWhatIsNoStateDict() {
    refuses(PyTorchBuilder.of("N."), "no dictionary");
    refuses(PyTorchBuilder.of("}" + PyTorchBuilder.string("model") + "}s."), "model is no tensor");
    refuses(PyTorchBuilder.of("}" + PyTorchBuilder.string("epoch") + "Ns."), "epoch is no tensor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "\u0080",
        "\u0080c.",
        "a.",
        "}s.",
        "R.",
        "t.",
        "(.",
        "h\7.",
        "}}}s.",
        "X",
        "X\u00ff\u00ff\u00ff\u007f.",
        "X\u00ff\u00ff\u00ff\u00ff.",
        "\u008a\u00ff.",
        "NQ.",
        ")Q.",
        "}K\1K\1s.",
        "ccollections\nOrderedDict\nNR.",
        "ctorch\nFloatStorage\n)R.",
        "c\n\n.",
        "ccollections\nOrderedDict\n)RNb.",
        "ctorch._utils\n_rebuild_tensor_v2\n)R.",
        "N}b."
      })
  void refusesMalformedPickles(String pickle) {
    refuses(PyTorchBuilder.of(pickle), "PyTorch file");
  }

  /** Lists within lists, by reference: their contents are never walked through. */
  @Test
  void refusesPicklesThatGrow() {
    String laughs = "(]q\0" + "](h\0h\0h\0h\0h\0h\0h\0h\0h\0h\0eq\0".repeat(1000) + "t";
    refuses(PyTorchBuilder.of("}" + PyTorchBuilder.string("x") + laughs + "s."), "x is no tensor");
    refuses(PyTorchBuilder.of("}" + laughs + "Ns."), "malformed");
    refuses(PyTorchBuilder.of(laughs + "."), "no dictionary");
    refuses(PyTorchBuilder.of("]q\0h\0a}h\0Ns."), "malformed");
    refuses(PyTorchBuilder.of("N" + "\u0085".repeat(1_500_000) + "."), "no dictionary");
    refuses(PyTorchBuilder.of("}".repeat(3_000_000) + "."), "malformed");
    refuses(PyTorchBuilder.of("c" + "x".repeat(1_000_000) + "\nx\n."), "malformed");
    refuses(new PyTorchBuilder().entry("data.pkl", new byte[(1 << 25) + 1]), "too long");
  }

  private void refuses(PyTorchBuilder builder, String... parts) {
    Path path = folder.resolve("x.bin");
    assertThatThrownBy(() -> PyTorchFile.open(Files.write(path, builder.build())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x.bin")
        .hasMessageEndingWith(".")
        .hasMessageContainingAll(parts);
    assertThat(Path.of("mallard-was-here")).as("what a hostile pickle would make").doesNotExist();
  }
}
