package dev.sieve.training.gradient;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import java.util.BitSet;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a network on a batch, from its definition alone: loops over plain arrays that share
 * nothing with any engine. Batch norm uses the batch's own statistics, as a training step does, so
 * they move with every parameter.
 *
 * <p>A row of every array is an image. Not thread-safe.
 */
final class CostFunction {
  private final NetworkSpec spec;
  private final double lambda;
  private final double[][] inputs;
  private final int[] labels;
  private BitSet active = new BitSet();
  private int activations;

  CostFunction(NetworkSpec spec, double lambda, double[][] inputs, int[] labels) {
    this.spec = spec;
    this.lambda = lambda;
    this.inputs = inputs;
    this.labels = labels;
  }

  /** What one evaluation saw. Two with different sides have a kink of a ReLU between them. */
  record Value(double cost, BitSet sides) {}

  /** Mean cross-entropy + λ ΣW², and for every input of a ReLU whether it was above 0. */
  Value at(Parameters parameters) {
    active = new BitSet();
    activations = 0;
    List<LayerParameters> layers = parameters.layers();
    double[][] x = inputs;
    double squares = 0;
    for (int l = 0; l < layers.size(); l++) {
      LayerParameters layer = layers.get(l);
      x = linear(x, layer);
      if (l < layers.size() - 1) {
        x = activation(x, layer, spec.batchNorm());
      }
      for (int i = 0; i < layer.weights().getNumElements(); i++) {
        squares += layer.weights().data[i] * layer.weights().data[i];
      }
    }
    return new Value(crossEntropy(x) + lambda * squares, active);
  }

  private static double[][] linear(double[][] x, LayerParameters layer) {
    DMatrixRMaj w = layer.weights();
    double[][] s = new double[x.length][w.numCols];
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(layer.biases().data, 0, s[i], 0, w.numCols);
      for (int k = 0; k < w.numRows; k++) {
        for (int j = 0; j < w.numCols; j++) {
          s[i][j] += x[i][k] * w.data[k * w.numCols + j];
        }
      }
    }
    return s;
  }

  private double[][] activation(
      double[][] s, LayerParameters layer, @Nullable BatchNorm batchNorm) {
    if (batchNorm == null) {
      return relu(s);
    }
    return batchNorm.placement() == Placement.BEFORE_ACTIVATION
        ? relu(normalised(s, layer, batchNorm.epsilon()))
        : normalised(relu(s), layer, batchNorm.epsilon());
  }

  private double[][] relu(double[][] s) {
    for (double[] row : s) {
      for (int j = 0; j < row.length; j++) {
        active.set(activations++, row[j] > 0);
        row[j] = row[j] <= 0 ? 0 : row[j];
      }
    }
    return s;
  }

  private static double[][] normalised(double[][] s, LayerParameters layer, double epsilon) {
    int n = s.length;
    for (int j = 0; j < s[0].length; j++) {
      double mean = 0;
      for (double[] row : s) {
        mean += row[j] / n;
      }
      double variance = 0;
      for (double[] row : s) {
        variance += (row[j] - mean) * (row[j] - mean) / n;
      }
      double deviation = Math.sqrt(variance + epsilon);
      double gamma = layer.gamma() == null ? 1 : layer.gamma().data[j];
      double beta = layer.beta() == null ? 0 : layer.beta().data[j];
      for (double[] row : s) {
        double standard = deviation == 0 ? 0 : (row[j] - mean) / deviation;
        row[j] = gamma * standard + beta;
      }
    }
    return s;
  }

  private double crossEntropy(double[][] scores) {
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double score : scores[i]) {
        largest = Math.max(largest, score);
      }
      double sum = 0;
      for (double score : scores[i]) {
        sum += StrictMath.exp(score - largest);
      }
      loss += StrictMath.log(sum) + largest - scores[i][labels[i]];
    }
    return loss / scores.length;
  }
}
