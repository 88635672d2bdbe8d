/** The command that runs the published reports' experiments. Uses {@code cli} and {@code text}. */
@NullMarked
package dev.sieve.app.reproduce;

import org.jspecify.annotations.NullMarked;
