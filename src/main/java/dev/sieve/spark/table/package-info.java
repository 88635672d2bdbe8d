/**
 * The tables' columns and the views' queries, as text and types. Entry points: {@link
 * dev.sieve.spark.table.RawTables} and {@link dev.sieve.spark.table.Views}. The lowest room.
 */
@NullMarked
package dev.sieve.spark.table;

import org.jspecify.annotations.NullMarked;
