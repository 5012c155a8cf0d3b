/** The local language model: a decoder-only transformer run by libtorch through DJL. */
@NullMarked
package dev.mallard.generator.engine;

import org.jspecify.annotations.NullMarked;
