/**
 * What commands share: options, exit status, signals, errors on the terminal, the run of a study.
 * Uses {@code text}.
 */
@NullMarked
package dev.sieve.app.cli;

import org.jspecify.annotations.NullMarked;
