/** Grammars as people write them, and what is made of them. */
@NullMarked
package dev.mallard.grammars.notation;

import org.jspecify.annotations.NullMarked;
