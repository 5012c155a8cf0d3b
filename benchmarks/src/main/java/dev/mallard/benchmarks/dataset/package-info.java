/** The data sets that models are evaluated on, and where they come from. */
@NullMarked
package dev.mallard.benchmarks.dataset;

import org.jspecify.annotations.NullMarked;
