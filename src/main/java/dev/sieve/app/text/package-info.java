/** What commands print: tables, progress, summaries, files of rows. Uses no other room. */
@NullMarked
package dev.sieve.app.text;

import org.jspecify.annotations.NullMarked;
