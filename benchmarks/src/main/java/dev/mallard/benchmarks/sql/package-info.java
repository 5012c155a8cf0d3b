/** How often questions about databases are answered with the right query. */
@NullMarked
package dev.mallard.benchmarks.sql;

import org.jspecify.annotations.NullMarked;
