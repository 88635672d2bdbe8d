package dev.sieve.engine;

import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.Figures;

/**
 * Sums over images: loss, correct answers and, where asked for, the confusion matrix. Engines add
 * to it.
 */
public final class Tally {
  private final int[][] confusion;
  private double loss;
  private long correct;
  private long images;

  public Tally(int classes) {
    this.confusion = new int[classes][classes];
  }

  /** Adds one image. */
  public void add(int label, int predicted, double imageLoss) {
    confusion[label][predicted]++;
    loss += imageLoss;
    correct += label == predicted ? 1 : 0;
    images++;
  }

  public void clear() {
    for (int[] row : confusion) {
      java.util.Arrays.fill(row, 0);
    }
    loss = 0;
    correct = 0;
    images = 0;
  }

  public long images() {
    return images;
  }

  public boolean finite() {
    return Double.isFinite(loss);
  }

  /** Means over the images added, cost with the given penalty λ ΣW². */
  public Figures figures(double penalty) {
    double mean = loss / images;
    return new Figures((double) correct / images, mean, mean + penalty);
  }

  /** The images added, by true and predicted class. */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(confusion);
  }
}
