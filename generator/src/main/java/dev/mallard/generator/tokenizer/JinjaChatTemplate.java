package dev.mallard.generator.tokenizer;

import dev.mallard.generator.UserException;
import dev.mallard.generator.model.Message;
import dev.mallard.generator.model.Message.Role;
import dev.mallard.generator.tokenizer.JinjaRenderer.TemplateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint's own chat template.
 *
 * <p>Contents are put in after the template has been rendered ({@link Placeholders}), and markup is
 * looked for only in what the template wrote. A template that refuses a conversation, or leaves a
 * message out, is asked again with system messages put in front of the first user message and
 * neighbours of one role joined, as many know no system messages.
 */
final class JinjaChatTemplate implements ChatTemplate {
  private static final Logger LOG = LoggerFactory.getLogger(JinjaChatTemplate.class);

  private final Path source;
  private final NativeTokenizer tokenizer;
  private final JinjaRenderer renderer;
  private final String beginToken;
  private final String endToken;
  private final boolean addsBeginToken;

  private JinjaChatTemplate(
      TokenizerDefinition definition, NativeTokenizer tokenizer, String template) {
    source = definition.source();
    this.tokenizer = tokenizer;
    renderer = new JinjaRenderer(template);
    beginToken = definition.beginToken().orElse("");
    endToken = definition.endToken().orElse("");
    addsBeginToken = definition.addsBeginToken();
  }

  /** Makes the template of a definition; a default where it has none that can be rendered. */
  static ChatTemplate of(TokenizerDefinition definition, NativeTokenizer tokenizer) {
    String plain = DefaultTemplate.of(tokenizer.addedTokens());
    JinjaChatTemplate template =
        new JinjaChatTemplate(definition, tokenizer, definition.chatTemplate().orElse(plain));
    try {
      template.tryPieces(List.of(Message.user("Hello")));
    } catch (TemplateException e) {
      LOG.warn(
          "the chat template of {} cannot be rendered ({}), so a plain one is taken; its answers"
              + " may be worse for it",
          definition.source(),
          e.getMessage());
      return new JinjaChatTemplate(definition, tokenizer, plain);
    }
    return template;
  }

  @Override
  public int[] encode(List<Message> conversation) {
    List<Piece> pieces = new ArrayList<>(pieces(conversation));
    Optional<AddedToken> begin = tokenizer.addedTokens().find(beginToken);
    if (addsBeginToken && begin.isPresent()) {
      Piece.Marker marker = new Piece.Marker(begin.get());
      if (pieces.isEmpty() || !pieces.getFirst().equals(marker)) {
        pieces.addFirst(marker);
      }
    }
    return tokenizer.encode(pieces);
  }

  /** The conversation as text and markup, without the begin token that the vocabulary adds. */
  List<Piece> pieces(List<Message> conversation) {
    try {
      return tryPieces(conversation);
    } catch (TemplateException e) {
      throw new UserException(
          "The chat template of %s does not take this conversation: %s."
              .formatted(source, e.getMessage()),
          e);
    }
  }

  private List<Piece> tryPieces(List<Message> conversation) throws TemplateException {
    Placeholders placeholders = new Placeholders();
    Optional<String> rendered = attempt(conversation, placeholders);
    if (rendered.isEmpty()) {
      placeholders = new Placeholders();
      rendered = Optional.of(render(merged(conversation), placeholders));
      if (!placeholders.allIn(rendered.get())) {
        throw new TemplateException("it leaves messages out", false);
      }
    }
    List<Piece> pieces = new ArrayList<>();
    placeholders.resolve(
        rendered.get(),
        literal -> pieces.addAll(tokenizer.addedTokens().split(literal)),
        content -> pieces.add(new Piece.Plain(content)));
    return List.copyOf(pieces);
  }

  private Optional<String> attempt(List<Message> conversation, Placeholders placeholders)
      throws TemplateException {
    try {
      return Optional.of(render(conversation, placeholders)).filter(placeholders::allIn);
    } catch (TemplateException e) {
      if (e.refused()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String render(List<Message> conversation, Placeholders placeholders)
      throws TemplateException {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Message message : conversation) {
      messages.add(
          Map.of(
              "role", message.role().label(), "content", placeholders.standIn(message.content())));
    }
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("messages", messages);
    variables.put("tools", null);
    variables.put("documents", null);
    variables.put("add_generation_prompt", true);
    variables.put("bos_token", beginToken);
    variables.put("eos_token", endToken);
    return renderer.render(variables);
  }

  /** System messages in front of the first user message, and neighbours of one role joined. */
  private static List<Message> merged(List<Message> conversation) {
    List<Message> result = new ArrayList<>();
    for (Message message : conversation) {
      Role role = message.role() == Role.SYSTEM ? Role.USER : message.role();
      if (!result.isEmpty() && result.getLast().role() == role) {
        Message last = result.removeLast();
        result.add(new Message(role, last.content() + "\n\n" + message.content()));
      } else {
        result.add(new Message(role, message.content()));
      }
    }
    return result;
  }
}
