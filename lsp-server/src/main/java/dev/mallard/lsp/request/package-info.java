/** The requests and notifications of the protocol, a class each, and the server that has them. */
@NullMarked
package dev.mallard.lsp.request;

import org.jspecify.annotations.NullMarked;
