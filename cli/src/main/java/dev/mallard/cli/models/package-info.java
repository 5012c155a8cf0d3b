/** The {@code mallard models} command, and how downloads look in a terminal. */
@NullMarked
package dev.mallard.cli.models;

import org.jspecify.annotations.NullMarked;
