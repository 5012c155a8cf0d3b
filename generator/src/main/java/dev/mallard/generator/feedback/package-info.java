/** Ways to tell a model what is wrong with a program; see {@link FeedbackKind}. */
@NullMarked
package dev.mallard.generator.feedback;

import org.jspecify.annotations.NullMarked;
