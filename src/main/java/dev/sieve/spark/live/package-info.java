/**
 * What running groups tell the driver of their epochs. Entry point: {@link
 * dev.sieve.spark.live.LivePlugin}. Uses {@code store} for the host's name.
 */
@NullMarked
package dev.sieve.spark.live;

import org.jspecify.annotations.NullMarked;
