/** Runs llama.cpp beside Mallard, to compare what both say. */
@NullMarked
package dev.mallard.generator.llamacpp;

import org.jspecify.annotations.NullMarked;
