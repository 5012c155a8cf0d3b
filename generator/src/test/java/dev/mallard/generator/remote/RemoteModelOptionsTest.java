package dev.mallard.generator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mallard.generator.UserException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server, which of its models, and which key. */
@Timeout(60)
class RemoteModelOptionsTest {
  private static final Map<String, String> KEY = Map.of("MALLARD_API_KEY", "sk-secret");

  private RemoteModelFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new RemoteModelFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000/v1, http://localhost:8000/v1",
    "http://localhost:8000/v1///, http://localhost:8000/v1",
    "HTTPS://Example.com/v1/chat/completions, HTTPS://Example.com/v1",
    "https://example.com/v1/chat/completions/, https://example.com/v1",
  })
  void readsAddressesAsPeopleWriteThem(String text, URI address) {
    assertThat(RemoteModelOptions.read(text, Optional.empty(), Map.of()).endpoint())
        .isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8000", "ftp://x/v1", "http://", "", "http://x:99999/v1", "http://a b/"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> RemoteModelOptions.read(text, Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--endpoint is no http or https address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://me:sk-secret@x/v1", "https://x/v1?key=sk-secret", "https://x/#sk-secret"})
  void refusesSecretsInAddressesAndDoesNotRepeatThem(String text) {
    assertThatThrownBy(() -> RemoteModelOptions.read(text, Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a key belongs into MALLARD_API_KEY")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/v1",
        "http://localhost:8000/v1",
        "http://api.localhost/v1",
        "http://127.0.0.1:1/v1",
        "http://127.9.9.9/v1",
        "http://[::1]:8000/v1"
      })
  void sendsKeysToEncryptedAndOwnServers(String text) {
    assertThat(RemoteModelOptions.read(text, Optional.empty(), KEY).apiKey()).contains("sk-secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/v1",
        "http://192.168.0.7:8000/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1.example.com/v1",
        "http://[::2]/v1"
      })
  void sendsNoKeyInTheClear(String text) {
    assertThatThrownBy(() -> RemoteModelOptions.read(text, Optional.empty(), KEY))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("The API key is not sent to " + text + " in the clear")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    assertThat(RemoteModelOptions.read(text, Optional.empty(), Map.of()).apiKey()).isEmpty();
  }

  @Test
  void readsTheKeyFromTheEnvironment() {
    assertThat(key(Map.of("OPENAI_API_KEY", " a "))).contains("a");
    assertThat(key(Map.of("OPENAI_API_KEY", "a", "MALLARD_API_KEY", "b"))).contains("b");
    assertThat(key(Map.of("OPENAI_API_KEY", "a", "MALLARD_API_KEY", ""))).isEmpty();
    assertThat(key(Map.of())).isEmpty();
    assertThatThrownBy(() -> key(Map.of("OPENAI_API_KEY", "sk-\nsecret")))
        .isInstanceOf(UserException.class)
        .hasMessage("OPENAI_API_KEY holds characters that no key has: set it again.");
  }

  @Test
  void doesNotShowTheKey() {
    RemoteModelOptions options = RemoteModelOptions.read("https://x/v1", Optional.empty(), KEY);
    assertThat(options.toString()).doesNotContain("secret");
    assertThat(new Endpoint(options.endpoint(), options.apiKey()).toString())
        .isEqualTo("https://x/v1");
  }

  @Test
  void sendsTheKeyWithEveryRequest() throws Exception {
    fixture.environment = KEY;
    fixture.complete();
    assertThat(fixture.server.keys).containsExactly("Bearer sk-secret", "Bearer sk-secret");
  }

  @Test
  void takesTheOnlyModel() throws Exception {
    try (RemoteModel model = fixture.open()) {
      assertThat(model.description()).startsWith("duck at");
      assertThat(model.contextLength()).isEqualTo(8000);
    }
  }

  @Test
  void namesTheModelsToChooseFrom() {
    fixture.server.models = "{\"data\":[{\"id\":\"duck\"},{\"id\":\"go\\u001bose\"}]}";
    assertThatThrownBy(() -> fixture.open())
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("has several models, so name one with --model: duck, go ose.");
    fixture.server.models = "{\"data\":null}";
    assertThatThrownBy(() -> fixture.open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lists no models: name one with --model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duck|{\"id\":\"duck\",\"meta\":{\"n_ctx\":2048,\"n_ctx_train\":32768}}|2048",
        "duck|{\"id\":\"duck\",\"meta\":{\"n_ctx_train\":32768}}|32768",
        "duck|{\"id\":\"duck:latest\",\"max_model_len\":1000}|1000",
        "duck|{\"id\":\"duck\",\"max_model_len\":-1}|4096",
        "duck|{\"id\":\"goose\",\"max_model_len\":1000}|4096",
      })
  void findsOutHowLongTheContextIs(String name, String entry, int length) throws Exception {
    fixture.server.models = "{\"data\":[" + entry + "]}";
    try (RemoteModel model = fixture.open(Optional.of(name))) {
      assertThat(model.contextLength()).isEqualTo(length);
      assertThat(model.description()).startsWith("duck at");
    }
  }

  @Test
  void needsNoListWhereTheModelIsNamed() throws Exception {
    fixture.server.modelsStatus = 404;
    try (RemoteModel model = fixture.open(Optional.of("duck"))) {
      assertThat(model.contextLength()).isEqualTo(4096);
    }
    assertThatThrownBy(() -> fixture.open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no address of an OpenAI-compatible server (404)");
  }

  @Test
  void findsOutAtOnceThatAKeyIsWanted() {
    fixture.server.modelsStatus = 401;
    assertThatThrownBy(() -> fixture.open(Optional.of("duck")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set MALLARD_API_KEY");
  }

  private static Optional<String> key(Map<String, String> environment) {
    return RemoteModelOptions.read("https://x/v1", Optional.empty(), environment).apiKey();
  }
}
