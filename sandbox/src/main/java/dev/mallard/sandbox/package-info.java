/** Runs untrusted programs and says what happened. */
@NullMarked
package dev.mallard.sandbox;

import org.jspecify.annotations.NullMarked;
