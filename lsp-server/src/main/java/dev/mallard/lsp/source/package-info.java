/** Problems in source files: functions, how far they are written, and their tests. */
@NullMarked
package dev.mallard.lsp.source;

import org.jspecify.annotations.NullMarked;
