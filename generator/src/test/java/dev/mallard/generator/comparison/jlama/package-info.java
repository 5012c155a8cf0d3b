/** What runs Jlama. Compiled only where Jlama is: with {@code -Pengine-comparison}. */
@NullMarked
package dev.mallard.generator.comparison.jlama;

import org.jspecify.annotations.NullMarked;
