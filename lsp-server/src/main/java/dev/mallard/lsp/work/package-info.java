/** What the server does: runs tests, searches programs, explains, and proposes edits. */
@NullMarked
package dev.mallard.lsp.work;

import org.jspecify.annotations.NullMarked;
