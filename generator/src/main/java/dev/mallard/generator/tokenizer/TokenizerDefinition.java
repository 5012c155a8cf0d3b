package dev.mallard.generator.tokenizer;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a checkpoint says about text, in Hugging Face's terms whatever file it comes from.
 *
 * @param source named in messages
 * @param json what {@code tokenizer.json} holds
 * @param beginToken spelling of the token that opens every text, if the vocabulary has one
 * @param endToken spelling of the token that ends a message
 * @param addsBeginToken whether the begin token stands before every text
 * @param chatTemplate in the Jinja language
 */
record TokenizerDefinition(
    Path source,
    ObjectNode json,
    Optional<String> beginToken,
    Optional<String> endToken,
    boolean addsBeginToken,
    Optional<String> chatTemplate) {}
