/** Documents as an editor has them: texts, versions, positions and changes. */
@NullMarked
package dev.mallard.lsp.document;

import org.jspecify.annotations.NullMarked;
