package dev.sieve.engine.reference;

import dev.sieve.engine.Batch;
import dev.sieve.engine.MetricAccumulator;
import org.ejml.data.DMatrixRMaj;

/**
 * The end of a network: p = softmax(s), loss of an image = −log p_label. Scores are shifted by
 * their largest, so that no exponential overflows.
 */
final class SoftmaxCrossEntropy {
  private final DMatrixRMaj probabilities = new DMatrixRMaj(0, 0);

  /**
   * P[n×c] of S[n×c], kept for {@link #gradient}.
   *
   * @param tally Modified: each image's loss, label and most probable class (the first of equals)
   */
  void forward(DMatrixRMaj scores, Batch batch, MetricAccumulator tally) {
    int classes = scores.numCols;
    probabilities.reshape(scores.numRows, classes);
    for (int i = 0; i < scores.numRows; i++) {
      int row = i * classes;
      int largest = 0;
      for (int j = 1; j < classes; j++) {
        largest = scores.data[row + j] > scores.data[row + largest] ? j : largest;
      }
      double shift = scores.data[row + largest];
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        double e = StrictMath.exp(scores.data[row + j] - shift);
        probabilities.data[row + j] = e;
        sum += e;
      }
      for (int j = 0; j < classes; j++) {
        probabilities.data[row + j] /= sum;
      }
      int label = batch.label(i);
      tally.add(label, largest, StrictMath.log(sum) - (scores.data[row + label] - shift));
    }
  }

  /** ∂(mean loss)/∂S[n×c] = (P − Y)/n, Y one-hot. P is overwritten. */
  DMatrixRMaj gradient(Batch batch) {
    int n = probabilities.numRows;
    for (int i = 0; i < n; i++) {
      probabilities.data[i * probabilities.numCols + batch.label(i)] -= 1;
    }
    for (int i = 0; i < probabilities.getNumElements(); i++) {
      probabilities.data[i] /= n;
    }
    return probabilities;
  }
}
