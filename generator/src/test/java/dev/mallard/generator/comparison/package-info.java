/** Measures Mallard, llama.cpp and Jlama on one model file, each in a process of its own. */
@NullMarked
package dev.mallard.generator.comparison;

import org.jspecify.annotations.NullMarked;
