/** What a language model is to the rest of Mallard. */
@NullMarked
package dev.mallard.generator.model;

import org.jspecify.annotations.NullMarked;
