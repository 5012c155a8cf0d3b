/** What the sandbox and its worker processes say to each other. */
@NullMarked
package dev.mallard.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
