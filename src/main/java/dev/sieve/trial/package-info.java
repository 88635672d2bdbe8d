/**
 * The words of a search: {@link dev.sieve.trial.Configuration} (a point of the space), {@link
 * dev.sieve.trial.Trial} (one training of one configuration with one replicate), its settings and
 * its outcome. Immutable records, driver and executor side; may use {@code network} and, for the
 * selection of images that a trial is trained on, {@code data}.
 */
@NullMarked
package dev.sieve.trial;

import org.jspecify.annotations.NullMarked;
