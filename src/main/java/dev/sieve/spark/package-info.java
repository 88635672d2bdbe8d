/**
 * The search's ports on Spark, in rooms: {@code task} and {@code live} train groups over a
 * broadcast data set, {@code table}, {@code store} and {@code sql} keep the rows and answer
 * queries. {@link dev.sieve.spark.SieveCatalog} stands here because users' settings name it. May
 * use every package but {@code config}, {@code report} and {@code app}.
 */
@NullMarked
package dev.sieve.spark;

import org.jspecify.annotations.NullMarked;
