/** The models that Mallard knows, where they are found, and how they are fetched. */
@NullMarked
package dev.mallard.generator.catalogue;

import org.jspecify.annotations.NullMarked;
