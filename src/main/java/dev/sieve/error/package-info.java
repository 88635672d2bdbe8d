/**
 * What a user can mend: the one exception whose message is printed as it stands, without a stack
 * trace, before the process ends with status 2. Driver and executor side; every package may use it,
 * it uses none.
 */
@NullMarked
package dev.sieve.error;

import org.jspecify.annotations.NullMarked;
