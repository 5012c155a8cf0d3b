/**
 * What Mallard has verified, kept on this machine and searched: it knows problems, and no search.
 */
@NullMarked
package dev.mallard.generator.memory;

import org.jspecify.annotations.NullMarked;
