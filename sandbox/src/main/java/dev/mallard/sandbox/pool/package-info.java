/** The pool of worker processes that is the sandbox. */
@NullMarked
package dev.mallard.sandbox.pool;

import org.jspecify.annotations.NullMarked;
