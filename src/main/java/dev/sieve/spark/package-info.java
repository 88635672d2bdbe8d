/**
 * The search's ports on Spark: groups as tasks over a broadcast data set, the append-only Parquet
 * table, its views and the catalog plugin, the read-only check of a query, the lease. May use every
 * package but {@code config}, {@code report} and {@code app}.
 */
@NullMarked
package dev.sieve.spark;

import org.jspecify.annotations.NullMarked;
