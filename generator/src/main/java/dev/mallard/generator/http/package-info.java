/** What everything that speaks HTTP has in common. */
@NullMarked
package dev.mallard.generator.http;

import org.jspecify.annotations.NullMarked;
