/**
 * The five course reports that Sieve repeats: their numbers, which figure of ours answers each, the
 * comparison, the claims and their tests, the page. Entry points: {@link
 * dev.sieve.reproduce.Catalogue}, {@link dev.sieve.reproduce.Reproduction}. Driver side; knows
 * studies by their files and tables by plain rows, not Spark.
 */
@NullMarked
package dev.sieve.reproduce;

import org.jspecify.annotations.NullMarked;
