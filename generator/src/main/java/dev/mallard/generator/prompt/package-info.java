/** Prompts in resource files, and how text from outside stands in them. */
@NullMarked
package dev.mallard.generator.prompt;

import org.jspecify.annotations.NullMarked;
