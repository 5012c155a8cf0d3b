package dev.mallard.lsp.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.mallard.generator.UserException;
import dev.mallard.lsp.work.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The editor's settings: from {@code initializationOptions}, {@code workspace/configuration}, or
 * {@code workspace/didChangeConfiguration}, whichever came last. A wrong one is told to the user,
 * and those from before stay.
 */
final class Configuration {
  private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);
  private static final String SECTION = "mallard";

  private final LanguageClient client;
  private final boolean canAsk;
  private final Consumer<String> complaints;
  private volatile Settings settings = Settings.DEFAULT;

  /**
   * Begins with the default settings.
   *
   * @param canAsk whether the client answers {@code workspace/configuration}
   * @param complaints is told of wrong settings
   */
  Configuration(LanguageClient client, boolean canAsk, Consumer<String> complaints) {
    this.client = client;
    this.canAsk = canAsk;
    this.complaints = complaints;
  }

  Settings settings() {
    return settings;
  }

  /** Takes what the client sent by itself: the section, or an object that has it. */
  void take(Object sent) {
    if (sent instanceof JsonObject object) {
      take(object.has(SECTION) ? object.get(SECTION) : object);
    }
  }

  private void take(JsonElement section) {
    try {
      settings = Settings.of(section);
    } catch (UserException e) {
      complaints.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Asks the client, if it can be asked; else takes what it sent. */
  void ask(Optional<Object> sent) {
    if (!canAsk) {
      sent.ifPresent(this::take);
      return;
    }
    ConfigurationItem item = new ConfigurationItem();
    item.setSection(SECTION);
    var _ =
        client
            .configuration(new ConfigurationParams(List.of(item)))
            .whenComplete((answers, problem) -> {
              if (problem != null) {
                LOG.info("the editor does not tell its settings", problem);
              } else if (answers != null
                  && !answers.isEmpty()
                  && answers.getFirst() instanceof JsonElement section) {
                take(section);
              }
            });
  }
}
