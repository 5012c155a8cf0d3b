/** Runs on several machines: what travels between them, and how their driver is started. */
@NullMarked
package dev.mallard.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
