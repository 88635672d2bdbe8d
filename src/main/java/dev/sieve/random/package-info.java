/**
 * Randomness from identity: a seed is a hash of what it is for ({@link dev.sieve.random.Seed}), and
 * all that is drawn from it ({@link dev.sieve.random.Draws}) is ours, with golden values, so that
 * no library release and no machine changes a result. Driver and executor side; every package may
 * use it.
 */
@NullMarked
package dev.sieve.random;

import org.jspecify.annotations.NullMarked;
