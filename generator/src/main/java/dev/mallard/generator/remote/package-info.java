/**
 * Language models that an OpenAI-compatible server runs. Nothing here is used unless the user names
 * such a server.
 */
@NullMarked
package dev.mallard.generator.remote;

import org.jspecify.annotations.NullMarked;
