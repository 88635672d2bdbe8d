/** The engines by their names. */
@NullMarked
package dev.sieve.engine.factory;

import org.jspecify.annotations.NullMarked;
