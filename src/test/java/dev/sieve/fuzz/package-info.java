/** Inputs made at random, for readers of what others wrote. Used by the readers' own packages. */
package dev.sieve.fuzz;
