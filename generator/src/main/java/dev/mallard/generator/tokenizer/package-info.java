/** Text to tokens and back, and chat templates. */
@NullMarked
package dev.mallard.generator.tokenizer;

import org.jspecify.annotations.NullMarked;
