package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Batch norm and ReLU, forward and backward, of one block: lanes run over columns, chains over
 * images.
 */
final class VectorNorm {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorNorm() {}

  static void fill(float[] r, int rAt, float[] s, int sAt, int n) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector value = FloatVector.fromArray(S, r, rAt + lane);
      for (int i = 0, at = sAt + lane; i < n; i++, at += 16) {
        value.intoArray(s, at);
      }
    }
  }

  static void sums(float[] g, int gAt, int n, float[] r, int rAt) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0, at = gAt + lane; i < n; i++, at += 16) {
        sum = sum.add(FloatVector.fromArray(S, g, at));
      }
      sum.intoArray(r, rAt + lane);
    }
  }

  static void moments(float[] s, int sAt, int n, float[] mean, float[] variance, int column) {
    sums(s, sAt, n, mean, column);
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector center = FloatVector.fromArray(S, mean, column + lane).div(n);
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0, at = sAt + lane; i < n; i++, at += 16) {
        FloatVector difference = FloatVector.fromArray(S, s, at).sub(center);
        sum = difference.fma(difference, sum);
      }
      center.intoArray(mean, column + lane);
      sum.div(n).intoArray(variance, column + lane);
    }
  }

  static void relu(float[] s, int sAt, float[] a, int aAt, int n) {
    for (int i = 0; i < 16 * n; i += L) {
      FloatVector value = FloatVector.fromArray(S, s, sAt + i);
      value.blend(0f, value.compare(VectorOperators.LE, 0f)).intoArray(a, aAt + i);
    }
  }

  static void reluGradient(float[] a, int aAt, float[] d, int dAt, float[] g, int gAt, int n) {
    for (int i = 0; i < 16 * n; i += L) {
      VectorMask<Float> off = FloatVector.fromArray(S, a, aAt + i).compare(VectorOperators.EQ, 0f);
      FloatVector.fromArray(S, d, dAt + i).blend(0f, off).intoArray(g, gAt + i);
    }
  }

  static void normaliseRelu(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector mean = FloatVector.fromArray(S, norm.mean(), column + lane);
      FloatVector inverse = FloatVector.fromArray(S, norm.inverse(), column + lane);
      FloatVector gamma = FloatVector.fromArray(S, norm.gamma(), column + lane);
      FloatVector beta = FloatVector.fromArray(S, norm.beta(), column + lane);
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        FloatVector normalised = FloatVector.fromArray(S, s, sAt + at).sub(mean).mul(inverse);
        normalised.intoArray(s, sAt + at);
        FloatVector value = gamma.fma(normalised, beta);
        value.blend(0f, value.compare(VectorOperators.LE, 0f)).intoArray(a, aAt + at);
      }
    }
  }

  static void normalise(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector mean = FloatVector.fromArray(S, norm.mean(), column + lane);
      FloatVector inverse = FloatVector.fromArray(S, norm.inverse(), column + lane);
      FloatVector gamma = FloatVector.fromArray(S, norm.gamma(), column + lane);
      FloatVector beta = FloatVector.fromArray(S, norm.beta(), column + lane);
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        FloatVector normalised = FloatVector.fromArray(S, s, sAt + at).sub(mean).mul(inverse);
        gamma.fma(normalised, beta).intoArray(a, aAt + at);
      }
    }
  }

  static void normaliseReluGradient(
      float[] s,
      int sAt,
      float[] a,
      int aAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector sum = FloatVector.zero(S);
      FloatVector dot = FloatVector.zero(S);
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        VectorMask<Float> off =
            FloatVector.fromArray(S, a, aAt + at).compare(VectorOperators.EQ, 0f);
        FloatVector h = FloatVector.fromArray(S, d, dAt + at).blend(0f, off);
        h.intoArray(g, gAt + at);
        sum = sum.add(h);
        dot = h.fma(FloatVector.fromArray(S, s, sAt + at), dot);
      }
      sum.intoArray(norm.betaGradient(), column + lane);
      dot.intoArray(norm.gammaGradient(), column + lane);
      FloatVector throughMean = sum.div(n);
      FloatVector throughVariance = dot.div(n);
      FloatVector factor =
          FloatVector.fromArray(S, norm.gamma(), column + lane)
              .mul(FloatVector.fromArray(S, norm.inverse(), column + lane));
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        FloatVector centered = FloatVector.fromArray(S, g, gAt + at).sub(throughMean);
        FloatVector minus = FloatVector.fromArray(S, s, sAt + at).neg();
        minus.fma(throughVariance, centered).mul(factor).intoArray(g, gAt + at);
      }
    }
  }

  static void reluNormaliseGradient(
      float[] s,
      int sAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector mean = FloatVector.fromArray(S, norm.mean(), column + lane);
      FloatVector inverse = FloatVector.fromArray(S, norm.inverse(), column + lane);
      FloatVector sum = FloatVector.zero(S);
      FloatVector dot = FloatVector.zero(S);
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        FloatVector h = FloatVector.fromArray(S, d, dAt + at);
        sum = sum.add(h);
        dot = h.fma(FloatVector.fromArray(S, s, sAt + at).sub(mean).mul(inverse), dot);
      }
      sum.intoArray(norm.betaGradient(), column + lane);
      dot.intoArray(norm.gammaGradient(), column + lane);
      FloatVector throughMean = sum.div(n);
      FloatVector throughVariance = dot.div(n);
      FloatVector factor = FloatVector.fromArray(S, norm.gamma(), column + lane).mul(inverse);
      for (int i = 0, at = lane; i < n; i++, at += 16) {
        FloatVector value = FloatVector.fromArray(S, s, sAt + at);
        FloatVector centered = FloatVector.fromArray(S, d, dAt + at).sub(throughMean);
        FloatVector minus = value.sub(mean).mul(inverse).neg();
        minus
            .fma(throughVariance, centered)
            .mul(factor)
            .blend(0f, value.compare(VectorOperators.EQ, 0f))
            .intoArray(g, gAt + at);
      }
    }
  }
}
