/** What all languages have in common: how programs are run, watched and listened to. */
@NullMarked
package dev.mallard.sandbox.executor;

import org.jspecify.annotations.NullMarked;
