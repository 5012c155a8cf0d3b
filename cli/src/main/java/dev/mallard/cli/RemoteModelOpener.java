package dev.mallard.cli;

import dev.mallard.generator.model.LanguageModel;
import dev.mallard.generator.remote.RemoteModel;
import dev.mallard.generator.remote.RemoteModelOptions;
import java.util.Map;
import java.util.Optional;

/** Opens models of servers that the user names, and leaves all others to another opener. */
final class RemoteModelOpener implements ModelOpener {
  private final Map<String, String> environment;
  private final ModelOpener local;

  /**
   * Makes an opener.
   *
   * @param environment has the key for the server
   * @param local opens models where no server is named
   */
  RemoteModelOpener(Map<String, String> environment, ModelOpener local) {
    this.environment = environment;
    this.local = local;
  }

  @Override
  public LanguageModel open(Choice choice, Console console) throws InterruptedException {
    Optional<String> endpoint = choice.endpoint();
    return endpoint.isPresent()
        ? RemoteModel.open(RemoteModelOptions.read(endpoint.get(), choice.name(), environment))
        : local.open(choice, console);
  }
}
