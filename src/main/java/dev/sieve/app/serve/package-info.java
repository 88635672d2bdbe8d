/**
 * The server of a study's page. Entry point: {@link dev.sieve.app.serve.LiveServer}. Uses no other
 * room.
 */
@NullMarked
package dev.sieve.app.serve;

import org.jspecify.annotations.NullMarked;
