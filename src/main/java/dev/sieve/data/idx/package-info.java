/**
 * The MNIST family's files: {@link dev.sieve.data.idx.IdxFolder} finds them, {@link
 * dev.sieve.data.idx.IdxReader} reads them.
 */
@NullMarked
package dev.sieve.data.idx;

import org.jspecify.annotations.NullMarked;
