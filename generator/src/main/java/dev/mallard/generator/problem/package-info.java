/** Problems and the Markdown files that state them. */
@NullMarked
package dev.mallard.generator.problem;

import org.jspecify.annotations.NullMarked;
