/** What searches put into the memory, and what they get out of it. */
@NullMarked
package dev.mallard.generator.learning;

import org.jspecify.annotations.NullMarked;
