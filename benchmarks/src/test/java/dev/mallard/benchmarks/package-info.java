/** Performance benchmarks, which run beside what they are compared with. */
@NullMarked
package dev.mallard.benchmarks;

import org.jspecify.annotations.NullMarked;
