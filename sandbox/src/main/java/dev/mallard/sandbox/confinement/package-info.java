/** How the operating system keeps a process from everything but what it is shown. */
@NullMarked
package dev.mallard.sandbox.confinement;

import org.jspecify.annotations.NullMarked;
