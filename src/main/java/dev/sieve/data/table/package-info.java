/**
 * Any table's rows as examples: which columns are read ({@link dev.sieve.data.table.TableSource}),
 * how rows are put in order ({@link dev.sieve.data.table.RawColumn}), and what columns become
 * ({@link dev.sieve.data.table.Encoding}). Who reads rows stands behind the port {@link
 * dev.sieve.data.table.RowReader}.
 */
@NullMarked
package dev.sieve.data.table;

import org.jspecify.annotations.NullMarked;
