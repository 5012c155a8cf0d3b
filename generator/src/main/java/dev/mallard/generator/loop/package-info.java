/** The self-debugging loop: generate, run, read what happened, repair. */
@NullMarked
package dev.mallard.generator.loop;

import org.jspecify.annotations.NullMarked;
