/**
 * What people read: tables of text, the leaderboard, confusion matrices. Driver side; may use
 * {@code trial} and {@code search}.
 */
@NullMarked
package dev.sieve.report;

import org.jspecify.annotations.NullMarked;
