/**
 * Analytic gradients held to numeric ones. Entry point: {@link
 * dev.sieve.training.gradient.GradientCheck}.
 */
@NullMarked
package dev.sieve.training.gradient;

import org.jspecify.annotations.NullMarked;
