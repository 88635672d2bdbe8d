/**
 * Images and what is done to them before a network sees them: {@link dev.sieve.data.LabelledImages}
 * (uint8), the CIFAR-10 reader and download, the synthetic set, the split, the standardiser, the
 * fingerprint. Entry points: {@link dev.sieve.data.DataSource} and {@link
 * dev.sieve.data.PreparedData}. Read on the driver, broadcast, standardised on executors. Uses
 * {@code random} and {@code error} alone.
 */
@NullMarked
package dev.sieve.data;

import org.jspecify.annotations.NullMarked;
