/** What a language is: its grammar, its parser, and token masks for constrained decoding. */
@NullMarked
package dev.mallard.grammars;

import org.jspecify.annotations.NullMarked;
