/**
 * What runs inside a confined JVM beside an untrusted Java program: it defines the program's
 * classes, runs them, and says what happened.
 *
 * <p>These classes make up the named module {@code dev.mallard.runner} there, which opens nothing
 * and exports only the package {@code probe}: the program cannot reflect into it. They use nothing
 * but {@code java.base} and {@link dev.mallard.sandbox.DataValue}.
 */
@NullMarked
package dev.mallard.sandbox.runner;

import org.jspecify.annotations.NullMarked;
