package dev.sieve.engine.reference;

import dev.sieve.data.Examples;
import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import org.ejml.data.DMatrixRMaj;

/** A batch as the networks see them. */
final class Inputs {
  private Inputs() {}

  /**
   * X[n×d]: row i is example i of the batch, x = (value − mean) · scale.
   *
   * @param x Modified: reshaped and filled
   */
  static void decode(Batch batch, Standardiser standardiser, DMatrixRMaj x) {
    Examples examples = batch.examples();
    int d = examples.inputs();
    if (d != standardiser.inputs()) {
      throw new IllegalArgumentException(
          "the numbers of a batch's example must be the standardiser's inputs, but got %s and %s"
              .formatted(d, standardiser.inputs()));
    }
    x.reshape(batch.count(), d);
    double[] mean = standardiser.mean();
    double[] scale = standardiser.scale();
    for (int i = 0; i < batch.count(); i++) {
      int example = batch.example(i);
      int to = i * d;
      for (int j = 0; j < d; j++) {
        x.data[to + j] = (examples.value(example, j) - mean[j]) * scale[j];
      }
    }
  }
}
