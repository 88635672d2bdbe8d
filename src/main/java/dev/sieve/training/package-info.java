/**
 * Trains a group from the first step to the last: mini-batch order, the loop, evaluation, curves,
 * the gradient check. Entry point: {@link dev.sieve.training.Trainer}. Executor side; may use
 * {@code engine}, {@code network}, {@code data}, {@code trial}.
 */
@NullMarked
package dev.sieve.training;

import org.jspecify.annotations.NullMarked;
