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
 * @param keepModel return parameters and confusion matrix with the outcome (the final phase): on
 *     the test set where that is measured, else on the validation set
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

  /** Steps from one row of the curve to the next; the last step has a row in any case. */
  public long stepsPerRow() {
    return training.evaluateEvery() > 0 ? training.evaluateEvery() : stepsPerEpoch();
  }

  /** Whether rows have the test set's figures. */
  public boolean measuresTest() {
    return evaluateTest;
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
   * Images that pass forward for the rows of a trial's curve and for its final figures, those of
   * PreciseBN's statistics included: the training set where a stage begins from nothing and where
   * it ends, the validation set in every row.
   *
   * @param testImages images of the data set's test set
   */
  long evaluatedImages(Stage stage, int testImages) {
    long every = stepsPerRow();
    long untrained = stage.from() == 0 ? 1 : 0;
    long rows = untrained + (stage.to() - 1) / every - stage.from() / every + 1;
    long passes = training.fullSetTraining() ? rows : untrained + 1;
    long tested = measuresTest() || data.validationIsTest() ? testImages : 0;
    long others = tested + (data.validationIsTest() ? 0 : data.validation());
    return passes * data.train()
        + rows * (others + Math.min(network.preciseImages(), data.train()));
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
