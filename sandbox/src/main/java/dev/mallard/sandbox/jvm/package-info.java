/** Runs Java, in JVMs that the operating system confines. */
@NullMarked
package dev.mallard.sandbox.jvm;

import org.jspecify.annotations.NullMarked;
