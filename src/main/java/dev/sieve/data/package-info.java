/**
 * Examples and what is done to them before a network sees them: {@link
 * dev.sieve.data.LabelledImages} (uint8) and {@link dev.sieve.data.LabelledRows} (float), the
 * split, the standardiser. Where they come from is in {@code cifar}, {@code idx}, {@code
 * synthetic}, {@code table} and {@code source}. Entry points: {@link
 * dev.sieve.data.source.DataSource} and {@link dev.sieve.data.DataSet}. Read on the driver,
 * broadcast, standardised on executors. Uses {@code random} and {@code error} alone.
 */
@NullMarked
package dev.sieve.data;

import org.jspecify.annotations.NullMarked;
