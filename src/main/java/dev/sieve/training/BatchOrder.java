package dev.sieve.training;

import dev.sieve.data.ExampleView;
import dev.sieve.engine.Batch;
import dev.sieve.random.Seed;
import dev.sieve.trial.Trial;

/**
 * The mini-batch of each step: every epoch a new permutation of the training set, drawn from (seed,
 * epoch), epochs counted from 0, and from the replicate only where each has its own order.
 */
public final class BatchOrder {
  private final ExampleView train;
  private final Seed seed;
  private final int batchSize;
  private final long stepsPerEpoch;
  private final int[] shuffled;
  private long epoch = -1;

  public BatchOrder(Trial trial, ExampleView train) {
    Seed shared = Seed.of(trial.seed(), "batches");
    this.train = train;
    this.seed =
        trial.settings().training().perReplicateOrder()
            ? shared.replicate(trial.replicate())
            : shared;
    this.batchSize = trial.settings().training().batchSize();
    this.stepsPerEpoch = trial.settings().stepsPerEpoch();
    this.shuffled = new int[train.count()];
  }

  /** The batch of a step, counted from 0; valid until a batch of another epoch is asked for. */
  public Batch at(long step) {
    shuffle(step / stepsPerEpoch);
    int from = (int) (step % stepsPerEpoch) * batchSize;
    int count = Math.min(batchSize, shuffled.length - from);
    return new Batch(train.examples(), shuffled, from, count);
  }

  long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  private void shuffle(long wanted) {
    if (wanted == epoch) {
      return;
    }
    int[] permutation = seed.epoch((int) wanted).draws().permutation(shuffled.length);
    for (int i = 0; i < shuffled.length; i++) {
      shuffled[i] = train.indices()[permutation[i]];
    }
    epoch = wanted;
  }
}
