package dev.mallard.lsp.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neovim itself, with Mallard's client for it; {@code src/test/neovim} says what is checked. */
class NeovimTest {
  @TempDir private Path folder;

  @Test
  void aStubIsWrittenByACodeActionAndUndone() throws Exception {
    assumeThat(isInstalled("nvim"))
        .as("Neovim runs the client: install Debian's package neovim")
        .isTrue();
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.md"), "```python\ndef add(a, b):\n    return a - b\n```\n");
    Path right =
        Files.writeString(
            folder.resolve("right.md"), "```python\ndef add(a, b):\n    return a + b\n```\n");
    Path file =
        Files.writeString(
            folder.resolve("calc.py"),
            "def add(a, b):\n    \"\"\"Adds two numbers.\"\"\"\n    pass\n\n\nassert add(1, 2) == 3\n");
    Path command =
        Files.writeString(
            folder.resolve("command.json"),
            new Gson().toJson(ScriptedServer.command(folder.resolve("shown"), wrong, right)));
    Path result = folder.resolve("result.txt");
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "nvim",
                "--headless",
                "--clean",
                "-n",
                "-S",
                Path.of("src", "test", "neovim", "search.lua").toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "CLIENT", Path.of("editors", "neovim", "mallard.lua").toAbsolutePath().toString(),
                "COMMAND", command.toString(),
                "FILE", file.toString(),
                "RESULT", result.toString(),
                "XDG_STATE_HOME", folder.resolve("state").toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString()));
    Process neovim = builder.start();
    if (!neovim.waitFor(3, TimeUnit.MINUTES)) {
      neovim.descendants().forEach(ProcessHandle::destroyForcibly);
      neovim.destroyForcibly();
    }

    List<String> steps = Files.exists(result) ? Files.readAllLines(result) : List.of();
    assertThat(steps)
        .as("%s", Files.readString(log))
        .containsExactly(
            "diagnostic on line 6: add(1, 2) is None, and should be 3",
            "lenses: Run tests, Generate",
            "action: Mallard: generate body of add",
            "body:     return a + b",
            "the file on disk is as it was",
            "no diagnostics after saving",
            "undone",
            "done");
  }

  private static boolean isInstalled(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(place -> Path.of(place, name))
        .anyMatch(Files::isExecutable);
  }
}
