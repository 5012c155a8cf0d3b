/** Incremental recognition of context-free languages. */
@NullMarked
package dev.mallard.grammars.parse;

import org.jspecify.annotations.NullMarked;
