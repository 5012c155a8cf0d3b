package dev.mallard.generator.tokenizer;

import dev.mallard.generator.model.Message;
import java.util.List;

/** Turns a conversation into the token ids that the model was trained to answer. */
public interface ChatTemplate {

  /**
   * The conversation, then the opening of the assistant's next message. What looks like a special
   * token inside a message's content is encoded as ordinary text, so no content can open or close a
   * message.
   */
  int[] encode(List<Message> conversation);
}
