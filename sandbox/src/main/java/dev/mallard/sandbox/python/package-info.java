/** Runs Python, on GraalPy. */
@NullMarked
package dev.mallard.sandbox.python;

import org.jspecify.annotations.NullMarked;
