/** Runs the programs of users' own languages, each in processes of its command. */
@NullMarked
package dev.mallard.sandbox.command;

import org.jspecify.annotations.NullMarked;
