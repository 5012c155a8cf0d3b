package dev.mallard.lsp.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FramedInputTest {
  private static byte[] read(String input) throws IOException {
    return new FramedInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
        .readAllBytes();
  }

  @Test
  void messagesPassAsTheyAre() throws IOException {
    String messages =
        "Content-Length: 2\r\n\r\n{}Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 4\r\n\r\n[1,2";
    assertThat(read(messages)).asString(StandardCharsets.UTF_8).isEqualTo(messages);
  }

  @Test
  void theInputEndsWhereAHeaderIsNone() throws IOException {
    String good = "Content-Length: 2\r\n\r\n{}";
    for (String bad :
        new String[] {
          "Content-Length: -2\r\n\r\n{}",
          "Content-Length: 99999999999\r\n\r\n{}",
          "Content-Length: two\r\n\r\n{}",
          "Length: 2\r\n\r\n{}",
          "\r\n\r\n",
          "x".repeat(100_000)
        }) {
      assertThat(read(good + bad)).asString(StandardCharsets.UTF_8).isEqualTo(good);
    }
  }

  @Property
  void anyInputEnds(@ForAll byte[] input) throws IOException {
    assertThat(new FramedInput(new ByteArrayInputStream(input)).readAllBytes().length)
        .isLessThanOrEqualTo(input.length);
  }
}
