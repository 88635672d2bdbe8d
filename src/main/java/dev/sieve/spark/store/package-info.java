/**
 * The files of the tables: append and read, checksums, compaction, the lease, a study's folders.
 * Entry point: {@link dev.sieve.spark.store.ParquetTrialStore}. Uses {@code table}.
 */
@NullMarked
package dev.sieve.spark.store;

import org.jspecify.annotations.NullMarked;
