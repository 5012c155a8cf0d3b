/** Evaluates models: runs that can be interrupted, and what comes of them. */
@NullMarked
package dev.mallard.benchmarks.evaluation;

import org.jspecify.annotations.NullMarked;
