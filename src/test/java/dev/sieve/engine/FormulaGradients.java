package dev.sieve.engine;

import dev.sieve.data.Standardiser;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Gradients as the formulas stand in the literature, sample by sample; batch norm by the chain rule
 * of Ioffe & Szegedy 2015, section 3, term for term. Can be told to make one mistake.
 */
public final class FormulaGradients {
  /** A mistake, or none. */
  public enum Mistake {
    NONE,
    PENALTY_DROPPED,
    LAMBDA_FOR_TWO_LAMBDA,
    MEAN_OVER_ONE_LESS,
    BIAS_OF_ONE_SAMPLE,
    RELU_PASSES_ALL,
    VARIANCE_TERM_DROPPED,
    MEAN_TERM_DROPPED,
    GAMMA_NOT_PASSED_ON
  }

  private final NetworkSpec spec;
  private final double lambda;
  private final Mistake mistake;

  public FormulaGradients(NetworkSpec spec, double lambda, Mistake mistake) {
    this.spec = spec;
    this.lambda = lambda;
    this.mistake = mistake;
  }

  /** What the forward pass of one layer leaves for the backward pass. */
  private record Cache(double[][] x, double[][] reluInput, double[][] normInput) {}

  public Parameters of(Parameters parameters, Batch batch, Standardiser standardiser) {
    List<Cache> caches = new ArrayList<>();
    double[][] x = inputs(batch, standardiser);
    for (int l = 0; l < spec.layers(); l++) {
      LayerParameters p = parameters.layers().get(l);
      double[][] s = linear(x, p);
      boolean last = l == spec.layers() - 1;
      BatchNorm norm = last ? null : spec.batchNorm();
      boolean normFirst = norm != null && norm.placement() == Placement.BEFORE_ACTIVATION;
      double[][] reluInput = normFirst && norm != null ? normalised(s, p, norm) : s;
      double[][] normInput = normFirst ? s : relu(s);
      caches.add(new Cache(x, reluInput, normInput));
      x = last ? s : norm == null || normFirst ? relu(reluInput) : normalised(normInput, p, norm);
    }
    return backward(parameters, caches, scoreGradients(x, batch));
  }

  private Parameters backward(Parameters parameters, List<Cache> caches, double[][] top) {
    List<LayerParameters> gradients = new ArrayList<>();
    double[][] g = top;
    for (int l = spec.layers() - 1; l >= 0; l--) {
      LayerParameters p = parameters.layers().get(l);
      Cache cache = caches.get(l);
      DMatrixRMaj gamma = p.gamma() == null ? null : new DMatrixRMaj(1, p.gamma().numCols);
      DMatrixRMaj beta = p.beta() == null ? null : new DMatrixRMaj(1, p.beta().numCols);
      BatchNorm norm = l == spec.layers() - 1 ? null : spec.batchNorm();
      if (l < spec.layers() - 1) {
        if (norm != null && norm.placement() == Placement.AFTER_ACTIVATION) {
          g = normBackward(g, cache.normInput(), p, norm, gamma, beta);
        }
        g = reluBackward(g, cache.reluInput());
        if (norm != null && norm.placement() == Placement.BEFORE_ACTIVATION) {
          g = normBackward(g, cache.normInput(), p, norm, gamma, beta);
        }
      }
      gradients.add(0, linearGradients(g, cache.x(), p, gamma, beta));
      g = linearBackward(g, p);
    }
    return new Parameters(gradients);
  }

  private static double[][] inputs(Batch batch, Standardiser standardiser) {
    double[][] x = new double[batch.count()][standardiser.inputs()];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        int pixel = (int) batch.examples().value(batch.example(i), j);
        x[i][j] = (pixel - standardiser.mean()[j]) * standardiser.scale()[j];
      }
    }
    return x;
  }

  private static double[][] linear(double[][] x, LayerParameters p) {
    double[][] s = new double[x.length][p.weights().numCols];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < s[i].length; j++) {
        s[i][j] = p.biases().get(0, j);
        for (int k = 0; k < x[i].length; k++) {
          s[i][j] += x[i][k] * p.weights().get(k, j);
        }
      }
    }
    return s;
  }

  private static double[][] relu(double[][] s) {
    double[][] out = new double[s.length][s[0].length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s[i].length; j++) {
        out[i][j] = Math.max(0, s[i][j]);
      }
    }
    return out;
  }

  private double[][] reluBackward(double[][] g, double[][] input) {
    double[][] out = new double[g.length][g[0].length];
    for (int i = 0; i < g.length; i++) {
      for (int j = 0; j < g[i].length; j++) {
        out[i][j] = input[i][j] > 0 || mistake == Mistake.RELU_PASSES_ALL ? g[i][j] : 0;
      }
    }
    return out;
  }

  private static double mean(double[][] s, int j) {
    double sum = 0;
    for (double[] row : s) {
      sum += row[j];
    }
    return sum / s.length;
  }

  private static double variance(double[][] s, int j) {
    double sum = 0;
    for (double[] row : s) {
      sum += Math.pow(row[j] - mean(s, j), 2);
    }
    return sum / s.length;
  }

  private static double[][] normalised(double[][] s, LayerParameters p, BatchNorm norm) {
    double[][] out = new double[s.length][s[0].length];
    for (int j = 0; j < s[0].length; j++) {
      double deviation = Math.sqrt(variance(s, j) + norm.epsilon());
      for (int i = 0; i < s.length; i++) {
        double standard = deviation == 0 ? 0 : (s[i][j] - mean(s, j)) / deviation;
        out[i][j] = element(p.gamma(), j, 1) * standard + element(p.beta(), j, 0);
      }
    }
    return out;
  }

  private double[][] normBackward(
      double[][] g,
      double[][] s,
      LayerParameters p,
      BatchNorm norm,
      @Nullable DMatrixRMaj gamma,
      @Nullable DMatrixRMaj beta) {
    int n = g.length;
    double[][] out = new double[n][g[0].length];
    for (int j = 0; j < g[0].length; j++) {
      double mean = mean(s, j);
      double square = variance(s, j) + norm.epsilon();
      double toVariance = 0;
      double toMean = 0;
      for (int i = 0; i < n; i++) {
        double standard = square == 0 ? 0 : (s[i][j] - mean) / Math.sqrt(square);
        if (gamma != null && beta != null) {
          gamma.add(0, j, g[i][j] * standard);
          beta.add(0, j, g[i][j]);
        }
        double scaled = scaled(g[i][j], p, j);
        toVariance += scaled * (s[i][j] - mean) * -0.5 * Math.pow(square, -1.5);
        toMean += -scaled / Math.sqrt(square);
      }
      toVariance = mistake == Mistake.VARIANCE_TERM_DROPPED ? 0 : toVariance;
      toMean = mistake == Mistake.MEAN_TERM_DROPPED ? 0 : toMean;
      for (int i = 0; i < n; i++) {
        out[i][j] =
            square == 0
                ? 0
                : scaled(g[i][j], p, j) / Math.sqrt(square)
                    + toVariance * 2 * (s[i][j] - mean) / n
                    + toMean / n;
      }
    }
    return out;
  }

  private double scaled(double g, LayerParameters p, int j) {
    return mistake == Mistake.GAMMA_NOT_PASSED_ON ? g : g * element(p.gamma(), j, 1);
  }

  private double[][] scoreGradients(double[][] scores, Batch batch) {
    int n = scores.length;
    double[][] g = new double[n][scores[0].length];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (double score : scores[i]) {
        sum += Math.exp(score);
      }
      for (int j = 0; j < g[i].length; j++) {
        double target = batch.label(i) == j ? 1 : 0;
        int images = mistake == Mistake.MEAN_OVER_ONE_LESS ? n - 1 : n;
        g[i][j] = (Math.exp(scores[i][j]) / sum - target) / images;
      }
    }
    return g;
  }

  private LayerParameters linearGradients(
      double[][] g,
      double[][] x,
      LayerParameters p,
      @Nullable DMatrixRMaj gamma,
      @Nullable DMatrixRMaj beta) {
    DMatrixRMaj w = new DMatrixRMaj(p.weights().numRows, p.weights().numCols);
    DMatrixRMaj b = new DMatrixRMaj(1, p.weights().numCols);
    double penalty =
        switch (mistake) {
          case PENALTY_DROPPED -> 0;
          case LAMBDA_FOR_TWO_LAMBDA -> lambda;
          default -> 2 * lambda;
        };
    for (int j = 0; j < w.numCols; j++) {
      for (int k = 0; k < w.numRows; k++) {
        w.set(k, j, penalty * p.weights().get(k, j));
        for (int i = 0; i < g.length; i++) {
          w.add(k, j, x[i][k] * g[i][j]);
        }
      }
      for (int i = 0; i < (mistake == Mistake.BIAS_OF_ONE_SAMPLE ? 1 : g.length); i++) {
        b.add(0, j, g[i][j]);
      }
    }
    return new LayerParameters(w, b, gamma, beta, null, null);
  }

  private static double[][] linearBackward(double[][] g, LayerParameters p) {
    double[][] out = new double[g.length][p.weights().numRows];
    for (int i = 0; i < g.length; i++) {
      for (int k = 0; k < out[i].length; k++) {
        for (int j = 0; j < g[i].length; j++) {
          out[i][k] += g[i][j] * p.weights().get(k, j);
        }
      }
    }
    return out;
  }

  private static double element(@Nullable DMatrixRMaj row, int j, double otherwise) {
    return row == null ? otherwise : row.get(0, j);
  }
}
