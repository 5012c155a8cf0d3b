package dev.mallard.generator.model;

import java.util.Locale;

/** One message of a conversation. */
public record Message(Role role, String content) {

  /** Who speaks, as chat templates name it. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** The name in chat templates, such as {@code system}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
