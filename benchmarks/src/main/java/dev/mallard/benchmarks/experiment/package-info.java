/** What experiments have in common. */
@NullMarked
package dev.mallard.benchmarks.experiment;

import org.jspecify.annotations.NullMarked;
