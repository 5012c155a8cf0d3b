/** Holds what a model writes to a grammar, token by token. */
@NullMarked
package dev.mallard.generator.constraint;

import org.jspecify.annotations.NullMarked;
