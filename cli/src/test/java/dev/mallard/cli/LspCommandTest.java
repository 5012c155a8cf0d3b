package dev.mallard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language server as it is started from the command line. */
class LspCommandTest {
  private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+)\\.");

  @TempDir private Path cache;

  @Test
  void anEditorConnectsToAPortOfThisMachine() throws Exception {
    ScriptedServices services = new ScriptedServices(cache, false);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(() -> services.execute("lsp", "--port", "0"));
    Matcher listening = LISTENING.matcher(services.err());
    while (!listening.find()) {
      assertThat(exit).as("%s", services.err()).isNotDone();
      Thread.sleep(10);
      listening = LISTENING.matcher(services.err());
    }
    int port = Integer.parseInt(listening.group(1));
    try (Socket editor = new Socket(InetAddress.getLoopbackAddress(), port)) {
      send(
          editor,
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}");
      send(editor, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}");
      send(editor, "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
      assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    }
    assertThat(services.allClosed()).isTrue();
  }

  private static void send(Socket editor, String message) throws Exception {
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    String header = "Content-Length: %d\r\n\r\n".formatted(body.length);
    editor.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
    editor.getOutputStream().write(body);
    editor.getOutputStream().flush();
  }

  @Test
  void aPortThatIsNoneOrIsTakenIsWrongUsage() throws Exception {
    ScriptedServices services = new ScriptedServices(cache, false);
    assertThat(services.execute("lsp", "--port", "65536")).isEqualTo(ExitCode.USAGE);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(services.execute("lsp", "--port", port)).isEqualTo(ExitCode.USAGE);
      assertThat(services.err()).contains("name another with --port");
    }
  }
}
