/**
 * The trials of a phase, their identity, groups and preview; zooms and picks. Entry point: {@link
 * dev.sieve.search.plan.Planner}. Uses every room but {@code stats}.
 */
@NullMarked
package dev.sieve.search.plan;

import org.jspecify.annotations.NullMarked;
