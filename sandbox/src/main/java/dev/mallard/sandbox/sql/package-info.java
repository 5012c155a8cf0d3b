/** Runs SQL, on SQLite. */
@NullMarked
package dev.mallard.sandbox.sql;

import org.jspecify.annotations.NullMarked;
