/** Runs of benchmarks on an Apache Spark cluster. */
@NullMarked
package dev.mallard.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
