/** What the languages that run on the polyglot engine have in common. */
@NullMarked
package dev.mallard.sandbox.polyglot;

import org.jspecify.annotations.NullMarked;
