package dev.sieve.trial;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One row of a learning curve.
 *
 * @param epoch the epoch that the row's last step lies in, 1-based; 0 for the untrained network
 * @param step steps taken so far
 * @param eta η of the last step taken (of step 0 for the untrained network)
 * @param train over the full training set where {@code fullSet}, else running means over the
 *     batches since the last row
 */
public record EpochMetrics(
    int epoch,
    long step,
    double eta,
    Metrics train,
    Metrics validation,
    @Nullable Metrics test,
    boolean fullSet)
    implements Serializable {}
