/** What self-debugging is worth. */
@NullMarked
package dev.mallard.benchmarks.selfdebug;

import org.jspecify.annotations.NullMarked;
