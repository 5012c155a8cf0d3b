/** What the sandbox costs, and whether it holds. */
@NullMarked
package dev.mallard.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
