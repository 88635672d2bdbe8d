package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Update rules on a tile whose gradient lies in the first-level cache. Columns, a vector's worth at
 * a time, go down the rows.
 */
final class VectorUpdate {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorUpdate() {}

  static void sgd(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    for (int j = 0; j < width; j += L) {
      FloatVector minusRate = FloatVector.fromArray(S, rate, column + j).neg();
      FloatVector twoLambda = FloatVector.fromArray(S, penalty, column + j);
      for (int k = 0, at = j; k < rows; k++, at += width) {
        FloatVector old = FloatVector.fromArray(S, w, wAt + at);
        FloatVector gradient = twoLambda.fma(old, FloatVector.fromArray(S, g, gAt + at));
        gradient.fma(minusRate, old).intoArray(w, wAt + at);
      }
    }
  }

  static void momentum(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] v,
      int vAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      float m) {
    for (int j = 0; j < width; j += L) {
      FloatVector eta = FloatVector.fromArray(S, rate, column + j);
      FloatVector twoLambda = FloatVector.fromArray(S, penalty, column + j);
      for (int k = 0, at = j; k < rows; k++, at += width) {
        FloatVector old = FloatVector.fromArray(S, w, wAt + at);
        FloatVector gradient = twoLambda.fma(old, FloatVector.fromArray(S, g, gAt + at));
        FloatVector velocity = gradient.fma(eta, FloatVector.fromArray(S, v, vAt + at).mul(m));
        velocity.intoArray(v, vAt + at);
        old.sub(velocity).intoArray(w, wAt + at);
      }
    }
  }

  static void adam(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] first,
      int firstAt,
      float[] second,
      int secondAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      AdamStep step) {
    FloatVector rest1 = FloatVector.broadcast(S, step.rest1());
    FloatVector rest2 = FloatVector.broadcast(S, step.rest2());
    for (int j = 0; j < width; j += L) {
      FloatVector eta = FloatVector.fromArray(S, rate, column + j);
      FloatVector twoLambda = FloatVector.fromArray(S, penalty, column + j);
      for (int k = 0, at = j; k < rows; k++, at += width) {
        FloatVector old = FloatVector.fromArray(S, w, wAt + at);
        FloatVector gradient = twoLambda.fma(old, FloatVector.fromArray(S, g, gAt + at));
        FloatVector m = FloatVector.fromArray(S, first, firstAt + at).mul(step.beta1());
        m = gradient.fma(rest1, m);
        m.intoArray(first, firstAt + at);
        FloatVector v = FloatVector.fromArray(S, second, secondAt + at).mul(step.beta2());
        v = gradient.mul(gradient).fma(rest2, v);
        v.intoArray(second, secondAt + at);
        FloatVector root = v.mul(step.correction2()).sqrt().add(step.epsilon());
        old.sub(eta.mul(m).div(root)).intoArray(w, wAt + at);
      }
    }
  }
}
