package dev.sieve.engine.reference;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import org.ejml.data.DMatrixRMaj;

/** Pixels of a batch as the networks see them. */
final class Inputs {
  private Inputs() {}

  /**
   * X[n×d]: row i is image i of the batch, x = (pixel − mean) · scale.
   *
   * @param x Modified: reshaped and filled
   */
  static void decode(Batch batch, Standardiser standardiser, DMatrixRMaj x) {
    int d = batch.images().pixelsPerImage();
    if (d != standardiser.inputs()) {
      throw new IllegalArgumentException(
          "a batch's pixels per image must be the standardiser's inputs, but got %s and %s"
              .formatted(d, standardiser.inputs()));
    }
    x.reshape(batch.count(), d);
    byte[] pixels = batch.images().pixels();
    double[] mean = standardiser.mean();
    double[] scale = standardiser.scale();
    for (int i = 0; i < batch.count(); i++) {
      int from = batch.image(i) * d;
      int to = i * d;
      for (int j = 0; j < d; j++) {
        x.data[to + j] = ((pixels[from + j] & 0xff) - mean[j]) * scale[j];
      }
    }
  }
}
