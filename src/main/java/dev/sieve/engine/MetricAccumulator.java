package dev.sieve.engine;

import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums over images: loss, correct answers and, where asked for, the confusion matrix. Engines add
 * to it.
 */
public final class MetricAccumulator {
  private final int[][] confusion;
  private double loss;
  private long correct;
  private long images;

  public MetricAccumulator(int classes) {
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
  public Metrics figures(double penalty) {
    double mean = loss / images;
    return new Metrics((double) correct / images, mean, mean + penalty);
  }

  /** Exactly what was added so far. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(loss);
    for (int[] row : confusion) {
      for (int count : row) {
        out.writeInt(count);
      }
    }
  }

  /** Goes on from where a tally of as many classes was written. */
  public void read(DataInput in) throws IOException {
    clear();
    loss = in.readDouble();
    for (int label = 0; label < confusion.length; label++) {
      for (int predicted = 0; predicted < confusion.length; predicted++) {
        int count = in.readInt();
        confusion[label][predicted] = count;
        correct += label == predicted ? count : 0;
        images += count;
      }
    }
  }

  /** The images added, by true and predicted class. */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(confusion);
  }
}
