/** What came of runs, for people and for other programs. */
@NullMarked
package dev.mallard.benchmarks.report;

import org.jspecify.annotations.NullMarked;
