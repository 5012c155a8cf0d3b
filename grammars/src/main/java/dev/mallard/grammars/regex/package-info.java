/** Regular expressions over bytes, and the automata that recognise them. */
@NullMarked
package dev.mallard.grammars.regex;

import org.jspecify.annotations.NullMarked;
