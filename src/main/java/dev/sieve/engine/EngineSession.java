package dev.sieve.engine;

import dev.sieve.network.Parameters;
import java.util.List;

/**
 * The live networks of one group. Networks are addressed by their trial's position in the group,
 * for the whole life of the session; arrays that are passed in have one place for each, and the
 * places of dropped networks are neither read nor written. One thread at a time; the session owns
 * all its state and copies what it hands out.
 */
public interface EngineSession extends AutoCloseable {
  /** Number of networks at opening, dropped ones counted. */
  int size();

  /**
   * One step of every live network: forward with the batch's statistics, backward, update, moving
   * averages.
   *
   * @param eta η of this step, one a network
   * @param tallies Modified: loss and correct answers of the forward pass are added. A loss that is
   *     not finite is added as it is.
   */
  void step(Batch batch, double[] eta, MetricAccumulator[] tallies);

  /**
   * Forward of every live network with its evaluation statistics.
   *
   * @param tallies Modified: loss and correct answers are added
   */
  void evaluate(Batch batch, MetricAccumulator[] tallies);

  /**
   * Sets the evaluation statistics of every live network with its weights fixed: over the batches,
   * the mean of the batch means and the variance of the whole (mean of E[s²] minus the mean
   * squared), batches weighted by their images (PreciseBN). With one batch: that batch's
   * statistics. The first step after opening still starts the moving averages anew.
   */
  void recomputeStatistics(List<Batch> batches);

  /** ΣW² over all weight matrices of a network. */
  double squaredWeights(int network);

  /** A copy of a network's parameters and evaluation statistics. */
  Parameters parameters(int network);

  /**
   * Gradients of the cost (mean cross-entropy + λ ΣW²) on a batch, with the batch's statistics.
   * Changes nothing.
   */
  Parameters gradients(int network, Batch batch);

  /** What a network needs to go on in another session, copied. */
  Checkpoint save(int network);

  /**
   * Puts a network where a checkpoint left it: every later step is as if it had been made there.
   * Networks of a session take the same steps: before the next one, each live network must have
   * been loaded from a checkpoint of the same step.
   *
   * @throws IllegalArgumentException if the checkpoint is not of a network of this shape, update
   *     rule and precision
   */
  void load(int network, Checkpoint checkpoint);

  /**
   * Ends a network that diverged or was stopped; the others go on as if it had never been there.
   */
  void drop(int network);

  @Override
  void close();
}
