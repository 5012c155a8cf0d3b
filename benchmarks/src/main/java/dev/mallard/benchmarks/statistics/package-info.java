/** What may be said of numbers that come from few problems. */
@NullMarked
package dev.mallard.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
