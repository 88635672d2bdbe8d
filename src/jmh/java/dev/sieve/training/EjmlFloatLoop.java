package dev.sieve.training;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The peer on EJML alone: one network with batch norm and plain descent in single precision, every
 * product one of EJML's multiplications, everything else loops over its arrays. The same work as a
 * step of the vector engine.
 */
final class EjmlFloatLoop {
  private static final float EPSILON = 1e-5f;
  private static final float DECAY = 0.9f;

  private final int[] sizes;
  private final int images;
  private final FMatrixRMaj[] w;
  private final FMatrixRMaj[] dw;
  private final FMatrixRMaj[] activation;
  private final FMatrixRMaj[] normed;
  private final FMatrixRMaj[] gradient;
  private final float[][] gamma;
  private final float[][] beta;
  private final float[][] mean;
  private final float[][] variance;
  private final float[][] inverse;
  private final float[] bias;

  /**
   * @param sizes inputs, widths of the hidden layers, classes
   */
  EjmlFloatLoop(int images, int... sizes) {
    this.sizes = sizes.clone();
    this.images = images;
    int layers = sizes.length - 1;
    w = new FMatrixRMaj[layers];
    dw = new FMatrixRMaj[layers];
    activation = new FMatrixRMaj[layers + 1];
    normed = new FMatrixRMaj[layers];
    gradient = new FMatrixRMaj[layers + 1];
    gamma = new float[layers][];
    beta = new float[layers][];
    mean = new float[layers][];
    variance = new float[layers][];
    inverse = new float[layers][];
    bias = new float[sizes[layers]];
    Random random = new Random(1);
    for (int l = 0; l < layers; l++) {
      w[l] = new FMatrixRMaj(sizes[l], sizes[l + 1]);
      for (int i = 0; i < w[l].data.length; i++) {
        w[l].data[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / sizes[l]));
      }
      dw[l] = new FMatrixRMaj(sizes[l], sizes[l + 1]);
      normed[l] = new FMatrixRMaj(images, sizes[l + 1]);
      activation[l + 1] = new FMatrixRMaj(images, sizes[l + 1]);
      gradient[l + 1] = new FMatrixRMaj(images, sizes[l + 1]);
      gamma[l] = new float[sizes[l + 1]];
      java.util.Arrays.fill(gamma[l], 1);
      beta[l] = new float[sizes[l + 1]];
      mean[l] = new float[sizes[l + 1]];
      variance[l] = new float[sizes[l + 1]];
      inverse[l] = new float[sizes[l + 1]];
    }
  }

  /** One step; the mean loss before it. */
  float step(FMatrixRMaj x, int[] labels, float eta, float lambda) {
    int layers = w.length;
    activation[0] = x;
    for (int l = 0; l < layers; l++) {
      CommonOps_FDRM.mult(activation[l], w[l], activation[l + 1]);
      if (l < layers - 1) {
        normalise(l);
      }
    }
    float loss = softmax(labels);
    for (int l = layers - 1; l >= 0; l--) {
      if (l < layers - 1) {
        backThroughNorm(l, eta);
      }
      CommonOps_FDRM.multTransA(activation[l], gradient[l + 1], dw[l]);
      if (l > 0) {
        CommonOps_FDRM.multTransB(gradient[l + 1], w[l], gradient[l]);
      }
      float[] weights = w[l].data;
      float[] slope = dw[l].data;
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= eta * (slope[i] + 2 * lambda * weights[i]);
      }
    }
    return loss;
  }

  private void normalise(int l) {
    int m = sizes[l + 1];
    float[] s = activation[l + 1].data;
    float[] hat = normed[l].data;
    float[] sum = new float[m];
    float[] squares = new float[m];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < m; j++) {
        sum[j] += s[i * m + j];
      }
    }
    for (int j = 0; j < m; j++) {
      sum[j] /= images;
    }
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < m; j++) {
        float d = s[i * m + j] - sum[j];
        squares[j] += d * d;
      }
    }
    for (int j = 0; j < m; j++) {
      float v = squares[j] / images;
      inverse[l][j] = (float) (1 / Math.sqrt(v + EPSILON));
      mean[l][j] = DECAY * mean[l][j] + (1 - DECAY) * sum[j];
      variance[l][j] = DECAY * variance[l][j] + (1 - DECAY) * v;
    }
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < m; j++) {
        float h = (s[i * m + j] - sum[j]) * inverse[l][j];
        hat[i * m + j] = h;
        s[i * m + j] = Math.max(0, gamma[l][j] * h + beta[l][j]);
      }
    }
  }

  private float softmax(int[] labels) {
    int layers = w.length;
    int k = sizes[layers];
    float[] s = activation[layers].data;
    float[] g = gradient[layers].data;
    float loss = 0;
    for (int i = 0; i < images; i++) {
      float top = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < k; j++) {
        s[i * k + j] += bias[j];
        top = Math.max(top, s[i * k + j]);
      }
      float all = 0;
      for (int j = 0; j < k; j++) {
        g[i * k + j] = (float) Math.exp(s[i * k + j] - top);
        all += g[i * k + j];
      }
      loss -= (float) Math.log(g[i * k + labels[i]] / all);
      for (int j = 0; j < k; j++) {
        g[i * k + j] = (g[i * k + j] / all - (j == labels[i] ? 1 : 0)) / images;
      }
    }
    return loss / images;
  }

  private void backThroughNorm(int l, float eta) {
    int m = sizes[l + 1];
    float[] g = gradient[l + 1].data;
    float[] a = activation[l + 1].data;
    float[] hat = normed[l].data;
    float[] sum = new float[m];
    float[] along = new float[m];
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < m; j++) {
        int at = i * m + j;
        g[at] = a[at] > 0 ? g[at] : 0;
        sum[j] += g[at];
        along[j] += g[at] * hat[at];
      }
    }
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < m; j++) {
        int at = i * m + j;
        g[at] =
            gamma[l][j] * inverse[l][j] * (g[at] - sum[j] / images - hat[at] * along[j] / images);
      }
    }
    for (int j = 0; j < m; j++) {
      gamma[l][j] -= eta * along[j];
      beta[l][j] -= eta * sum[j];
    }
  }
}
