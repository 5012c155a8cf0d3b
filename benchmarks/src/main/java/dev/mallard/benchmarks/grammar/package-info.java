/** What it is worth that a model is given the grammar, and held to it. */
@NullMarked
package dev.mallard.benchmarks.grammar;

import org.jspecify.annotations.NullMarked;
