/** Searches as files that can be shown and checked again. */
@NullMarked
package dev.mallard.generator.transcript;

import org.jspecify.annotations.NullMarked;
