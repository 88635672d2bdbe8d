/**
 * Sessions, the tables' registration in a catalog, and queries that only read. Entry points: {@link
 * dev.sieve.spark.sql.SieveSession} and {@link dev.sieve.spark.sql.Queries}. Uses {@code table},
 * {@code store} and {@code live}.
 */
@NullMarked
package dev.sieve.spark.sql;

import org.jspecify.annotations.NullMarked;
