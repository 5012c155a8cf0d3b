/** Runs JavaScript, on GraalJS. */
@NullMarked
package dev.mallard.sandbox.javascript;

import org.jspecify.annotations.NullMarked;
