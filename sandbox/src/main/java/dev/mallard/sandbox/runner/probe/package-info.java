/** What classes that were compiled or instrumented for a confined JVM call there. */
@NullMarked
package dev.mallard.sandbox.runner.probe;

import org.jspecify.annotations.NullMarked;
