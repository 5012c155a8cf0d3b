/** Picocli: assembles the other modules into the one mallard command. */
@NullMarked
package dev.mallard.cli;

import org.jspecify.annotations.NullMarked;
