package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorGradient}'s tiles of 8 inputs: with vectors of 16 lanes 8 × 48 elements of dW stay
 * in 24 of the 32 registers of AVX-512 from the first image to the update.
 */
final class VectorGradientTall {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorGradientTall() {}

  /** Eight inputs of a panel, which is one, two or three vectors wide. */
  static void inputs8(
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
      tile8x3(x, xAt, n, g, gAt, gAt + gStride, gAt + 2 * gStride, w, wAt, rate, penalty, column);
    } else if (width == 32) {
      tile8x2(x, xAt, n, g, gAt, gAt + gStride, w, wAt, width, rate, penalty, column);
    } else {
      tile8x1(x, xAt, n, g, gAt, w, wAt, rate, penalty, column);
    }
  }

  private static void tile8x3(
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
    FloatVector d40 = FloatVector.zero(S);
    FloatVector d41 = FloatVector.zero(S);
    FloatVector d42 = FloatVector.zero(S);
    FloatVector d50 = FloatVector.zero(S);
    FloatVector d51 = FloatVector.zero(S);
    FloatVector d52 = FloatVector.zero(S);
    FloatVector d60 = FloatVector.zero(S);
    FloatVector d61 = FloatVector.zero(S);
    FloatVector d62 = FloatVector.zero(S);
    FloatVector d70 = FloatVector.zero(S);
    FloatVector d71 = FloatVector.zero(S);
    FloatVector d72 = FloatVector.zero(S);
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
      FloatVector x4 = FloatVector.broadcast(S, x[xAt + at + 4]);
      d40 = x4.fma(b0, d40);
      d41 = x4.fma(b1, d41);
      d42 = x4.fma(b2, d42);
      FloatVector x5 = FloatVector.broadcast(S, x[xAt + at + 5]);
      d50 = x5.fma(b0, d50);
      d51 = x5.fma(b1, d51);
      d52 = x5.fma(b2, d52);
      FloatVector x6 = FloatVector.broadcast(S, x[xAt + at + 6]);
      d60 = x6.fma(b0, d60);
      d61 = x6.fma(b1, d61);
      d62 = x6.fma(b2, d62);
      FloatVector x7 = FloatVector.broadcast(S, x[xAt + at + 7]);
      d70 = x7.fma(b0, d70);
      d71 = x7.fma(b1, d71);
      d72 = x7.fma(b2, d72);
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
    FloatVector w40 = FloatVector.fromArray(S, w, wAt + 4 * 48);
    p0.fma(w40, d40).fma(e0, w40).intoArray(w, wAt + 4 * 48);
    FloatVector w41 = FloatVector.fromArray(S, w, wAt + 4 * 48 + L);
    p1.fma(w41, d41).fma(e1, w41).intoArray(w, wAt + 4 * 48 + L);
    FloatVector w42 = FloatVector.fromArray(S, w, wAt + 4 * 48 + 2 * L);
    p2.fma(w42, d42).fma(e2, w42).intoArray(w, wAt + 4 * 48 + 2 * L);
    FloatVector w50 = FloatVector.fromArray(S, w, wAt + 5 * 48);
    p0.fma(w50, d50).fma(e0, w50).intoArray(w, wAt + 5 * 48);
    FloatVector w51 = FloatVector.fromArray(S, w, wAt + 5 * 48 + L);
    p1.fma(w51, d51).fma(e1, w51).intoArray(w, wAt + 5 * 48 + L);
    FloatVector w52 = FloatVector.fromArray(S, w, wAt + 5 * 48 + 2 * L);
    p2.fma(w52, d52).fma(e2, w52).intoArray(w, wAt + 5 * 48 + 2 * L);
    FloatVector w60 = FloatVector.fromArray(S, w, wAt + 6 * 48);
    p0.fma(w60, d60).fma(e0, w60).intoArray(w, wAt + 6 * 48);
    FloatVector w61 = FloatVector.fromArray(S, w, wAt + 6 * 48 + L);
    p1.fma(w61, d61).fma(e1, w61).intoArray(w, wAt + 6 * 48 + L);
    FloatVector w62 = FloatVector.fromArray(S, w, wAt + 6 * 48 + 2 * L);
    p2.fma(w62, d62).fma(e2, w62).intoArray(w, wAt + 6 * 48 + 2 * L);
    FloatVector w70 = FloatVector.fromArray(S, w, wAt + 7 * 48);
    p0.fma(w70, d70).fma(e0, w70).intoArray(w, wAt + 7 * 48);
    FloatVector w71 = FloatVector.fromArray(S, w, wAt + 7 * 48 + L);
    p1.fma(w71, d71).fma(e1, w71).intoArray(w, wAt + 7 * 48 + L);
    FloatVector w72 = FloatVector.fromArray(S, w, wAt + 7 * 48 + 2 * L);
    p2.fma(w72, d72).fma(e2, w72).intoArray(w, wAt + 7 * 48 + 2 * L);
  }

  private static void tile8x2(
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
    FloatVector d40 = FloatVector.zero(S);
    FloatVector d41 = FloatVector.zero(S);
    FloatVector d50 = FloatVector.zero(S);
    FloatVector d51 = FloatVector.zero(S);
    FloatVector d60 = FloatVector.zero(S);
    FloatVector d61 = FloatVector.zero(S);
    FloatVector d70 = FloatVector.zero(S);
    FloatVector d71 = FloatVector.zero(S);
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
      FloatVector x4 = FloatVector.broadcast(S, x[xAt + at + 4]);
      d40 = x4.fma(b0, d40);
      d41 = x4.fma(b1, d41);
      FloatVector x5 = FloatVector.broadcast(S, x[xAt + at + 5]);
      d50 = x5.fma(b0, d50);
      d51 = x5.fma(b1, d51);
      FloatVector x6 = FloatVector.broadcast(S, x[xAt + at + 6]);
      d60 = x6.fma(b0, d60);
      d61 = x6.fma(b1, d61);
      FloatVector x7 = FloatVector.broadcast(S, x[xAt + at + 7]);
      d70 = x7.fma(b0, d70);
      d71 = x7.fma(b1, d71);
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
    FloatVector w40 = FloatVector.fromArray(S, w, wAt + 4 * width);
    p0.fma(w40, d40).fma(e0, w40).intoArray(w, wAt + 4 * width);
    FloatVector w41 = FloatVector.fromArray(S, w, wAt + 4 * width + L);
    p1.fma(w41, d41).fma(e1, w41).intoArray(w, wAt + 4 * width + L);
    FloatVector w50 = FloatVector.fromArray(S, w, wAt + 5 * width);
    p0.fma(w50, d50).fma(e0, w50).intoArray(w, wAt + 5 * width);
    FloatVector w51 = FloatVector.fromArray(S, w, wAt + 5 * width + L);
    p1.fma(w51, d51).fma(e1, w51).intoArray(w, wAt + 5 * width + L);
    FloatVector w60 = FloatVector.fromArray(S, w, wAt + 6 * width);
    p0.fma(w60, d60).fma(e0, w60).intoArray(w, wAt + 6 * width);
    FloatVector w61 = FloatVector.fromArray(S, w, wAt + 6 * width + L);
    p1.fma(w61, d61).fma(e1, w61).intoArray(w, wAt + 6 * width + L);
    FloatVector w70 = FloatVector.fromArray(S, w, wAt + 7 * width);
    p0.fma(w70, d70).fma(e0, w70).intoArray(w, wAt + 7 * width);
    FloatVector w71 = FloatVector.fromArray(S, w, wAt + 7 * width + L);
    p1.fma(w71, d71).fma(e1, w71).intoArray(w, wAt + 7 * width + L);
  }

  private static void tile8x1(
      float[] x,
      int xAt,
      int n,
      float[] g,
      int g0,
      float[] w,
      int wAt,
      float[] rate,
      float[] penalty,
      int column) {
    FloatVector d00 = FloatVector.zero(S);
    FloatVector d10 = FloatVector.zero(S);
    FloatVector d20 = FloatVector.zero(S);
    FloatVector d30 = FloatVector.zero(S);
    FloatVector d40 = FloatVector.zero(S);
    FloatVector d50 = FloatVector.zero(S);
    FloatVector d60 = FloatVector.zero(S);
    FloatVector d70 = FloatVector.zero(S);
    for (int i = 0, at = 0; i < n; i++, at += 16) {
      FloatVector b0 = FloatVector.fromArray(S, g, g0 + at);
      FloatVector x0 = FloatVector.broadcast(S, x[xAt + at]);
      d00 = x0.fma(b0, d00);
      FloatVector x1 = FloatVector.broadcast(S, x[xAt + at + 1]);
      d10 = x1.fma(b0, d10);
      FloatVector x2 = FloatVector.broadcast(S, x[xAt + at + 2]);
      d20 = x2.fma(b0, d20);
      FloatVector x3 = FloatVector.broadcast(S, x[xAt + at + 3]);
      d30 = x3.fma(b0, d30);
      FloatVector x4 = FloatVector.broadcast(S, x[xAt + at + 4]);
      d40 = x4.fma(b0, d40);
      FloatVector x5 = FloatVector.broadcast(S, x[xAt + at + 5]);
      d50 = x5.fma(b0, d50);
      FloatVector x6 = FloatVector.broadcast(S, x[xAt + at + 6]);
      d60 = x6.fma(b0, d60);
      FloatVector x7 = FloatVector.broadcast(S, x[xAt + at + 7]);
      d70 = x7.fma(b0, d70);
    }
    FloatVector e0 = FloatVector.fromArray(S, rate, column).neg();
    FloatVector p0 = FloatVector.fromArray(S, penalty, column);
    FloatVector w00 = FloatVector.fromArray(S, w, wAt);
    p0.fma(w00, d00).fma(e0, w00).intoArray(w, wAt);
    FloatVector w10 = FloatVector.fromArray(S, w, wAt + 16);
    p0.fma(w10, d10).fma(e0, w10).intoArray(w, wAt + 16);
    FloatVector w20 = FloatVector.fromArray(S, w, wAt + 2 * 16);
    p0.fma(w20, d20).fma(e0, w20).intoArray(w, wAt + 2 * 16);
    FloatVector w30 = FloatVector.fromArray(S, w, wAt + 3 * 16);
    p0.fma(w30, d30).fma(e0, w30).intoArray(w, wAt + 3 * 16);
    FloatVector w40 = FloatVector.fromArray(S, w, wAt + 4 * 16);
    p0.fma(w40, d40).fma(e0, w40).intoArray(w, wAt + 4 * 16);
    FloatVector w50 = FloatVector.fromArray(S, w, wAt + 5 * 16);
    p0.fma(w50, d50).fma(e0, w50).intoArray(w, wAt + 5 * 16);
    FloatVector w60 = FloatVector.fromArray(S, w, wAt + 6 * 16);
    p0.fma(w60, d60).fma(e0, w60).intoArray(w, wAt + 6 * 16);
    FloatVector w70 = FloatVector.fromArray(S, w, wAt + 7 * 16);
    p0.fma(w70, d70).fma(e0, w70).intoArray(w, wAt + 7 * 16);
  }
}
