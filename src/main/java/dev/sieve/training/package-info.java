/**
 * Trains a group from the first step to the last: mini-batch order, the loop, evaluation, curves.
 * Entry point: {@link dev.sieve.training.Trainer}; the gradient check is in {@code gradient}.
 * Executor side; may use {@code engine}, {@code network}, {@code data}, {@code trial}.
 */
@NullMarked
package dev.sieve.training;

import org.jspecify.annotations.NullMarked;
