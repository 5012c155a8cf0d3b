/** The worker process. */
@NullMarked
package dev.mallard.sandbox.worker;

import org.jspecify.annotations.NullMarked;
