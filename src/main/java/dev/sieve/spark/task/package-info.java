/**
 * Groups as Spark jobs: submission, attempts, checkpoints, the watchdog. Entry point: {@link
 * dev.sieve.spark.task.SparkTrialExecutor}. Uses {@code store} and {@code live}.
 */
@NullMarked
package dev.sieve.spark.task;

import org.jspecify.annotations.NullMarked;
