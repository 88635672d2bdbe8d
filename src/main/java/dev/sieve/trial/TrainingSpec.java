package dev.sieve.trial;

import java.io.Serializable;

/**
 * How a network is trained.
 *
 * @param batchSize images a step, ≥ 2; a short last batch is trained on if it has at least 2
 *     images, else left out
 * @param lambda λ ≥ 0 of cost = mean cross-entropy + λ ΣW²
 * @param perReplicateOrder each replicate sees its own order of batches ({@code training.order =
 *     per-replicate}); else all share one
 * @param evaluateEvery an evaluation and a row every so many steps; 0: at the end of each epoch
 * @param fullSetTraining training figures of an epoch are measured on the full training set, not as
 *     running means over its batches
 */
public record TrainingSpec(
    int batchSize,
    double lambda,
    Optimiser optimiser,
    Schedule schedule,
    boolean perReplicateOrder,
    int evaluateEvery,
    boolean fullSetTraining)
    implements Serializable {
  public TrainingSpec {
    if (batchSize < 2) {
      throw new IllegalArgumentException(
          "training.batch-size >= 2 must hold, but got " + batchSize);
    }
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("training.lambda >= 0 must hold, but got " + lambda);
    }
    if (evaluateEvery < 0) {
      throw new IllegalArgumentException(
          "training.evaluate-every >= 0 must hold, but got " + evaluateEvery);
    }
  }

  /**
   * Steps of one epoch over {@code images} images: a remainder of at least 2 makes one more batch.
   */
  public long stepsPerEpoch(int images) {
    return images / batchSize + (images % batchSize >= 2 ? 1 : 0);
  }
}
