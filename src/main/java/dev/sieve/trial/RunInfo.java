package dev.sieve.trial;

import java.io.Serializable;
import java.time.Instant;

/**
 * Where and how a trial ran: the columns {@code run_*}, which two runs of one plan may differ in.
 *
 * @param attempt Spark's task attempt, 0 for the first
 * @param seconds wall time of the group's training that the trial was in
 * @param provider the kernels in use, for example {@code ejml} or {@code vector}
 * @param vectorBits width of the machine's vectors, 0 where the engine uses none
 * @param collector the JVM's garbage collector, on which the alignment of arrays depends
 * @param compiler the JVM's best compiler in use
 */
public record RunInfo(
    String host,
    String executor,
    int attempt,
    Instant started,
    double seconds,
    String provider,
    int vectorBits,
    String jvm,
    String collector,
    String compiler,
    String spark,
    String version)
    implements Serializable {}
