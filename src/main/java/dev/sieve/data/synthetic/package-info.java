/** Images made from a seed, for where there are none. Uses {@code data}. */
@NullMarked
package dev.sieve.data.synthetic;

import org.jspecify.annotations.NullMarked;
