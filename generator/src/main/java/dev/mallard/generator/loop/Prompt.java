package dev.mallard.generator.loop;

import dev.mallard.generator.model.Message;
import java.util.List;

/**
 * What the model is asked.
 *
 * @param conversation ends with the user's message
 * @param maxTokens the longest answer that the context has room for, and no longer than wanted
 */
record Prompt(List<Message> conversation, int maxTokens) {}
