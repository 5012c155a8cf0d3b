/** Data sets, protocols, metrics, reports, and performance benchmarks. */
@NullMarked
package dev.mallard.benchmarks;

import org.jspecify.annotations.NullMarked;
