/** How fast a model runs on this machine. */
@NullMarked
package dev.mallard.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
