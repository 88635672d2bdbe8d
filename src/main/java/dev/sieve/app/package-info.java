/**
 * The commands of the one jar: {@link dev.sieve.app.Sieve} and its sub-commands; what they share is
 * in {@code cli}, what they print in {@code text}. Driver side; may use every package. The only
 * user of picocli.
 */
@NullMarked
package dev.sieve.app;

import org.jspecify.annotations.NullMarked;
