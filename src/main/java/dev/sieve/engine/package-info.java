/**
 * Trains groups of same-shaped networks in lockstep on the same batches: the {@link
 * dev.sieve.engine.Engine} seam, update rules, tallies. {@code engine.vector} is the fast one;
 * {@code engine.reference} is double precision on EJML, written for reading. Executor side; may use
 * {@code kernel}, {@code network}, {@code data}, {@code trial}.
 */
@NullMarked
package dev.sieve.engine;

import org.jspecify.annotations.NullMarked;
