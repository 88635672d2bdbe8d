/**
 * The grammar of a study: a file and overrides become an {@link dev.sieve.config.Experiment}, or
 * all their problems at once, with file, line and the nearest known key. Below it {@code hocon},
 * the file itself. The only user of typesafe-config. Driver side; builds records of the other
 * packages.
 */
@NullMarked
package dev.sieve.config;

import org.jspecify.annotations.NullMarked;
