/**
 * Which images a study trains on. Entry point: {@link dev.sieve.data.source.DataSource}. Uses every
 * room of {@code data}.
 */
@NullMarked
package dev.sieve.data.source;

import org.jspecify.annotations.NullMarked;
