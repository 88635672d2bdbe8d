/**
 * The yardstick: double precision, EJML operations, one network after the other, written for
 * reading.
 */
@NullMarked
package dev.sieve.engine.reference;

import org.jspecify.annotations.NullMarked;
