/** Puts what a model wrote into the file that it is for. */
@NullMarked
package dev.mallard.lsp.splice;

import org.jspecify.annotations.NullMarked;
