/**
 * The file itself: text to values with file and line, keys, types, overrides, messages. Entry
 * point: {@link dev.sieve.config.hocon.Hocon}. Knows no study.
 */
@NullMarked
package dev.sieve.config.hocon;

import org.jspecify.annotations.NullMarked;
