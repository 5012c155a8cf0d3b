/** The language server. */
@NullMarked
package dev.mallard.lsp;

import org.jspecify.annotations.NullMarked;
