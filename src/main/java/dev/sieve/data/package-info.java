/**
 * Images and what is done to them before a network sees them: {@link dev.sieve.data.LabelledImages}
 * (uint8), the split, the standardiser. Where they come from is in {@code cifar}, {@code idx},
 * {@code synthetic} and {@code source}. Entry points: {@link dev.sieve.data.source.DataSource} and
 * {@link dev.sieve.data.PreparedData}. Read on the driver, broadcast, standardised on executors.
 * Uses {@code random} and {@code error} alone.
 */
@NullMarked
package dev.sieve.data;

import org.jspecify.annotations.NullMarked;
