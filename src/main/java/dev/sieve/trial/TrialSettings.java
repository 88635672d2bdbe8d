package dev.sieve.trial;

import dev.sieve.data.DataSelection;
import dev.sieve.network.NetworkSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides what a trial computes, but its replicate and the study's seed.
 *
 * @param evaluateTest measure the test set too: after the last step and in every epoch's row
 * @param keepModel return parameters and confusion matrix on the test set with the outcome (the
 *     final phase)
 * @param settings every effective setting of {@code data}, {@code network}, {@code training} by its
 *     path, as text
 */
public record TrialSettings(
    NetworkSpec network,
    TrainingSpec training,
    DataSelection data,
    boolean evaluateTest,
    boolean keepModel,
    SortedMap<String, String> settings)
    implements Serializable {
  public TrialSettings {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  public long stepsPerEpoch() {
    return training.stepsPerEpoch(data.train());
  }

  public long steps() {
    return training.schedule().steps(stepsPerEpoch());
  }

  /** Epochs, a last partial one counted whole. */
  public long epochs() {
    return -Math.floorDiv(-steps(), stepsPerEpoch());
  }

  /** Numbers that every step changes: weights, and what the update rule keeps of each. */
  public long trainedValues() {
    Optimiser rule = training.optimiser();
    int each = rule instanceof Optimiser.Adam ? 3 : rule instanceof Optimiser.Momentum ? 2 : 1;
    // A weight takes two operations an image.
    return network.forwardFlops() / 2 * each;
  }

  /**
   * Whether a trial of these settings may train side by side with one of {@code other}: all equal
   * but λ, η and initial weights.
   */
  public boolean fusesWith(TrialSettings other) {
    TrainingSpec a = training;
    TrainingSpec b = other.training;
    return network.inputs() == other.network.inputs()
        && network.hidden().equals(other.network.hidden())
        && network.classes() == other.network.classes()
        && java.util.Objects.equals(network.batchNorm(), other.network.batchNorm())
        && data.equals(other.data)
        && evaluateTest == other.evaluateTest
        && keepModel == other.keepModel
        && a.batchSize() == b.batchSize()
        && a.optimiser().equals(b.optimiser())
        && a.perReplicateOrder() == b.perReplicateOrder()
        && a.evaluateEvery() == b.evaluateEvery()
        && a.fullSetTraining() == b.fullSetTraining()
        && steps() == other.steps();
  }
}
