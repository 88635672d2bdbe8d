/**
 * Model files: every parameter, the evaluation statistics and the standardiser as NumPy arrays
 * ({@code weights.npz}). Driver side; may use {@code network}, {@code data}, {@code kernel}.
 */
@NullMarked
package dev.sieve.model;

import org.jspecify.annotations.NullMarked;
