/**
 * The fast engine: single precision, the networks of a group side by side on the same batches,
 * their first layers as one wide product. Parameters enter and leave as EJML matrices. Entry point:
 * {@link dev.sieve.engine.vector.VectorEngine}. Executor side; may use {@code kernel}, {@code
 * network}, {@code data}, {@code trial}.
 */
@NullMarked
package dev.sieve.engine.vector;

import org.jspecify.annotations.NullMarked;
