package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * dW[k×m] = Xᵀ[k×n] · G[n×m] in register tiles, and the step W ← W − η·(dW + 2λW) before the tile
 * leaves its registers. Lanes run over columns, each element of dW is one chain of multiply-adds
 * over the images.
 */
final class VectorGradient {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorGradient() {}

  /** The inputs of one block of X (16 rows of W) in one panel. */
  static void panel(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      int gStride,
      int n,
      float[] w,
      int wAt,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    if (L == 16) {
      for (int k = 0; k < 16; k += 8) {
        VectorGradientTall.inputs8(
            x, xAt + k, n, g, gAt, gStride, w, wAt + k * width, width, rate, penalty, column);
      }
      return;
    }
    for (int k = 0; k < 16; k += 4) {
      inputs4(x, xAt + k, n, g, gAt, gStride, w, wAt + k * width, width, rate, penalty, column);
    }
  }

  private static void inputs4(
      float[] x,
      int xAt,
      int n,
      float[] g,
      int gAt,
      int gStride,
      float[] w,
      int wAt,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    if (width == 48) {
      for (int c = 0; c < 48; c += 3 * L) {
        int g0 = Blocks.column(gAt, gStride, c);
        int g1 = Blocks.column(gAt, gStride, c + L);
        int g2 = Blocks.column(gAt, gStride, c + 2 * L);
        tile4x3(x, xAt, n, g, g0, g1, g2, w, wAt + c, rate, penalty, column + c);
      }
      return;
    }
    for (int c = 0; c < width; c += 2 * L) {
      int g0 = Blocks.column(gAt, gStride, c);
      int g1 = Blocks.column(gAt, gStride, c + L);
      tile4x2(x, xAt, n, g, g0, g1, w, wAt + c, width, rate, penalty, column + c);
    }
  }

  private static void tile4x3(
      float[] x,
      int xAt,
      int n,
      float[] g,
      int g0,
      int g1,
      int g2,
      float[] w,
      int wAt,
      float[] rate,
      float[] penalty,
      int column) {
    FloatVector d00 = FloatVector.zero(S);
    FloatVector d01 = FloatVector.zero(S);
    FloatVector d02 = FloatVector.zero(S);
    FloatVector d10 = FloatVector.zero(S);
    FloatVector d11 = FloatVector.zero(S);
    FloatVector d12 = FloatVector.zero(S);
    FloatVector d20 = FloatVector.zero(S);
    FloatVector d21 = FloatVector.zero(S);
    FloatVector d22 = FloatVector.zero(S);
    FloatVector d30 = FloatVector.zero(S);
    FloatVector d31 = FloatVector.zero(S);
    FloatVector d32 = FloatVector.zero(S);
    for (int i = 0, at = 0; i < n; i++, at += 16) {
      FloatVector b0 = FloatVector.fromArray(S, g, g0 + at);
      FloatVector b1 = FloatVector.fromArray(S, g, g1 + at);
      FloatVector b2 = FloatVector.fromArray(S, g, g2 + at);
      FloatVector x0 = FloatVector.broadcast(S, x[xAt + at]);
      d00 = x0.fma(b0, d00);
      d01 = x0.fma(b1, d01);
      d02 = x0.fma(b2, d02);
      FloatVector x1 = FloatVector.broadcast(S, x[xAt + at + 1]);
      d10 = x1.fma(b0, d10);
      d11 = x1.fma(b1, d11);
      d12 = x1.fma(b2, d12);
      FloatVector x2 = FloatVector.broadcast(S, x[xAt + at + 2]);
      d20 = x2.fma(b0, d20);
      d21 = x2.fma(b1, d21);
      d22 = x2.fma(b2, d22);
      FloatVector x3 = FloatVector.broadcast(S, x[xAt + at + 3]);
      d30 = x3.fma(b0, d30);
      d31 = x3.fma(b1, d31);
      d32 = x3.fma(b2, d32);
    }
    FloatVector e0 = FloatVector.fromArray(S, rate, column).neg();
    FloatVector p0 = FloatVector.fromArray(S, penalty, column);
    FloatVector e1 = FloatVector.fromArray(S, rate, column + L).neg();
    FloatVector p1 = FloatVector.fromArray(S, penalty, column + L);
    FloatVector e2 = FloatVector.fromArray(S, rate, column + 2 * L).neg();
    FloatVector p2 = FloatVector.fromArray(S, penalty, column + 2 * L);
    FloatVector w00 = FloatVector.fromArray(S, w, wAt);
    p0.fma(w00, d00).fma(e0, w00).intoArray(w, wAt);
    FloatVector w01 = FloatVector.fromArray(S, w, wAt + L);
    p1.fma(w01, d01).fma(e1, w01).intoArray(w, wAt + L);
    FloatVector w02 = FloatVector.fromArray(S, w, wAt + 2 * L);
    p2.fma(w02, d02).fma(e2, w02).intoArray(w, wAt + 2 * L);
    FloatVector w10 = FloatVector.fromArray(S, w, wAt + 48);
    p0.fma(w10, d10).fma(e0, w10).intoArray(w, wAt + 48);
    FloatVector w11 = FloatVector.fromArray(S, w, wAt + 48 + L);
    p1.fma(w11, d11).fma(e1, w11).intoArray(w, wAt + 48 + L);
    FloatVector w12 = FloatVector.fromArray(S, w, wAt + 48 + 2 * L);
    p2.fma(w12, d12).fma(e2, w12).intoArray(w, wAt + 48 + 2 * L);
    FloatVector w20 = FloatVector.fromArray(S, w, wAt + 2 * 48);
    p0.fma(w20, d20).fma(e0, w20).intoArray(w, wAt + 2 * 48);
    FloatVector w21 = FloatVector.fromArray(S, w, wAt + 2 * 48 + L);
    p1.fma(w21, d21).fma(e1, w21).intoArray(w, wAt + 2 * 48 + L);
    FloatVector w22 = FloatVector.fromArray(S, w, wAt + 2 * 48 + 2 * L);
    p2.fma(w22, d22).fma(e2, w22).intoArray(w, wAt + 2 * 48 + 2 * L);
    FloatVector w30 = FloatVector.fromArray(S, w, wAt + 3 * 48);
    p0.fma(w30, d30).fma(e0, w30).intoArray(w, wAt + 3 * 48);
    FloatVector w31 = FloatVector.fromArray(S, w, wAt + 3 * 48 + L);
    p1.fma(w31, d31).fma(e1, w31).intoArray(w, wAt + 3 * 48 + L);
    FloatVector w32 = FloatVector.fromArray(S, w, wAt + 3 * 48 + 2 * L);
    p2.fma(w32, d32).fma(e2, w32).intoArray(w, wAt + 3 * 48 + 2 * L);
  }

  private static void tile4x2(
      float[] x,
      int xAt,
      int n,
      float[] g,
      int g0,
      int g1,
      float[] w,
      int wAt,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    FloatVector d00 = FloatVector.zero(S);
    FloatVector d01 = FloatVector.zero(S);
    FloatVector d10 = FloatVector.zero(S);
    FloatVector d11 = FloatVector.zero(S);
    FloatVector d20 = FloatVector.zero(S);
    FloatVector d21 = FloatVector.zero(S);
    FloatVector d30 = FloatVector.zero(S);
    FloatVector d31 = FloatVector.zero(S);
    for (int i = 0, at = 0; i < n; i++, at += 16) {
      FloatVector b0 = FloatVector.fromArray(S, g, g0 + at);
      FloatVector b1 = FloatVector.fromArray(S, g, g1 + at);
      FloatVector x0 = FloatVector.broadcast(S, x[xAt + at]);
      d00 = x0.fma(b0, d00);
      d01 = x0.fma(b1, d01);
      FloatVector x1 = FloatVector.broadcast(S, x[xAt + at + 1]);
      d10 = x1.fma(b0, d10);
      d11 = x1.fma(b1, d11);
      FloatVector x2 = FloatVector.broadcast(S, x[xAt + at + 2]);
      d20 = x2.fma(b0, d20);
      d21 = x2.fma(b1, d21);
      FloatVector x3 = FloatVector.broadcast(S, x[xAt + at + 3]);
      d30 = x3.fma(b0, d30);
      d31 = x3.fma(b1, d31);
    }
    FloatVector e0 = FloatVector.fromArray(S, rate, column).neg();
    FloatVector p0 = FloatVector.fromArray(S, penalty, column);
    FloatVector e1 = FloatVector.fromArray(S, rate, column + L).neg();
    FloatVector p1 = FloatVector.fromArray(S, penalty, column + L);
    FloatVector w00 = FloatVector.fromArray(S, w, wAt);
    p0.fma(w00, d00).fma(e0, w00).intoArray(w, wAt);
    FloatVector w01 = FloatVector.fromArray(S, w, wAt + L);
    p1.fma(w01, d01).fma(e1, w01).intoArray(w, wAt + L);
    FloatVector w10 = FloatVector.fromArray(S, w, wAt + width);
    p0.fma(w10, d10).fma(e0, w10).intoArray(w, wAt + width);
    FloatVector w11 = FloatVector.fromArray(S, w, wAt + width + L);
    p1.fma(w11, d11).fma(e1, w11).intoArray(w, wAt + width + L);
    FloatVector w20 = FloatVector.fromArray(S, w, wAt + 2 * width);
    p0.fma(w20, d20).fma(e0, w20).intoArray(w, wAt + 2 * width);
    FloatVector w21 = FloatVector.fromArray(S, w, wAt + 2 * width + L);
    p1.fma(w21, d21).fma(e1, w21).intoArray(w, wAt + 2 * width + L);
    FloatVector w30 = FloatVector.fromArray(S, w, wAt + 3 * width);
    p0.fma(w30, d30).fma(e0, w30).intoArray(w, wAt + 3 * width);
    FloatVector w31 = FloatVector.fromArray(S, w, wAt + 3 * width + L);
    p1.fma(w31, d31).fma(e1, w31).intoArray(w, wAt + 3 * width + L);
  }
}
