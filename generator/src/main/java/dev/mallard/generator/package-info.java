/** The local LLM, the prompts, and the self-debugging loop. */
@NullMarked
package dev.mallard.generator;

import org.jspecify.annotations.NullMarked;
