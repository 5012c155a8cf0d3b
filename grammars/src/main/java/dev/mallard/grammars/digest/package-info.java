/** Grammars, condensed for a language model to read. */
@NullMarked
package dev.mallard.grammars.digest;

import org.jspecify.annotations.NullMarked;
