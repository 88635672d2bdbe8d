/**
 * Images and what is done to them before a network sees them: {@link dev.sieve.data.LabelledImages}
 * (uint8), the CIFAR-10 reader and download, the synthetic set, the split, the standardiser, the
 * fingerprint. Entry point: {@link dev.sieve.data.DataSet}. Read on the driver, broadcast,
 * standardised on executors.
 */
@NullMarked
package dev.sieve.data;

import org.jspecify.annotations.NullMarked;
