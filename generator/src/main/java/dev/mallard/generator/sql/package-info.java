/** Answers questions about a database with a query that a model writes. */
@NullMarked
package dev.mallard.generator.sql;

import org.jspecify.annotations.NullMarked;
