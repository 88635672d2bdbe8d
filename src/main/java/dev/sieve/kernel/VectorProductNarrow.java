package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorProduct}'s tiles for 16 registers, two vectors wide: of 6 rows (12 sums, two vectors
 * of W and two broadcasts, one of which the JIT compiler loads ahead) and of 5, which together
 * cover every n ≥ 20. Panels are 16 columns wide, and their stride is a constant: a variable one
 * costs 5 to 14 %.
 */
final class VectorProductNarrow {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorProductNarrow() {}

  /** One panel of S. Up to four rows past n are written. */
  static void panel(
      float[] x, int xAt, int xStride, int k, float[] w, int wAt, float[] s, int sAt, int n) {
    int fives = Tiles.fives(n);
    int six = 16 * (n - 5 * fives);
    int at = 0;
    for (; at < six; at += 96) {
      tile6x2(x, xAt + at, xStride, k, w, wAt, s, sAt + at);
    }
    for (int tile = 0; tile < fives; tile++, at += 80) {
      tile5x2(x, xAt + at, xStride, k, w, wAt, s, sAt + at);
    }
  }

  private static void tile6x2(
      float[] x, int xAt, int xStride, int k, float[] w, int wAt, float[] s, int sAt) {
    FloatVector s00 = FloatVector.fromArray(S, s, sAt);
    FloatVector s01 = FloatVector.fromArray(S, s, sAt + L);
    FloatVector s10 = FloatVector.fromArray(S, s, sAt + 16);
    FloatVector s11 = FloatVector.fromArray(S, s, sAt + 16 + L);
    FloatVector s20 = FloatVector.fromArray(S, s, sAt + 32);
    FloatVector s21 = FloatVector.fromArray(S, s, sAt + 32 + L);
    FloatVector s30 = FloatVector.fromArray(S, s, sAt + 48);
    FloatVector s31 = FloatVector.fromArray(S, s, sAt + 48 + L);
    FloatVector s40 = FloatVector.fromArray(S, s, sAt + 64);
    FloatVector s41 = FloatVector.fromArray(S, s, sAt + 64 + L);
    FloatVector s50 = FloatVector.fromArray(S, s, sAt + 80);
    FloatVector s51 = FloatVector.fromArray(S, s, sAt + 80 + L);
    for (int from = 0; from < k; from += 16, xAt += xStride) {
      for (int kk = 0; kk < 16; kk++, wAt += 16) {
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + L);
        FloatVector x0 = FloatVector.broadcast(S, x[xAt + kk]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(S, x[xAt + kk + 16]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(S, x[xAt + kk + 32]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(S, x[xAt + kk + 48]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        FloatVector x4 = FloatVector.broadcast(S, x[xAt + kk + 64]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
        FloatVector x5 = FloatVector.broadcast(S, x[xAt + kk + 80]);
        s50 = x5.fma(w0, s50);
        s51 = x5.fma(w1, s51);
      }
    }
    s00.intoArray(s, sAt);
    s01.intoArray(s, sAt + L);
    s10.intoArray(s, sAt + 16);
    s11.intoArray(s, sAt + 16 + L);
    s20.intoArray(s, sAt + 32);
    s21.intoArray(s, sAt + 32 + L);
    s30.intoArray(s, sAt + 48);
    s31.intoArray(s, sAt + 48 + L);
    s40.intoArray(s, sAt + 64);
    s41.intoArray(s, sAt + 64 + L);
    s50.intoArray(s, sAt + 80);
    s51.intoArray(s, sAt + 80 + L);
  }

  private static void tile5x2(
      float[] x, int xAt, int xStride, int k, float[] w, int wAt, float[] s, int sAt) {
    FloatVector s00 = FloatVector.fromArray(S, s, sAt);
    FloatVector s01 = FloatVector.fromArray(S, s, sAt + L);
    FloatVector s10 = FloatVector.fromArray(S, s, sAt + 16);
    FloatVector s11 = FloatVector.fromArray(S, s, sAt + 16 + L);
    FloatVector s20 = FloatVector.fromArray(S, s, sAt + 32);
    FloatVector s21 = FloatVector.fromArray(S, s, sAt + 32 + L);
    FloatVector s30 = FloatVector.fromArray(S, s, sAt + 48);
    FloatVector s31 = FloatVector.fromArray(S, s, sAt + 48 + L);
    FloatVector s40 = FloatVector.fromArray(S, s, sAt + 64);
    FloatVector s41 = FloatVector.fromArray(S, s, sAt + 64 + L);
    for (int from = 0; from < k; from += 16, xAt += xStride) {
      for (int kk = 0; kk < 16; kk++, wAt += 16) {
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + L);
        FloatVector x0 = FloatVector.broadcast(S, x[xAt + kk]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(S, x[xAt + kk + 16]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(S, x[xAt + kk + 32]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(S, x[xAt + kk + 48]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        FloatVector x4 = FloatVector.broadcast(S, x[xAt + kk + 64]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
      }
    }
    s00.intoArray(s, sAt);
    s01.intoArray(s, sAt + L);
    s10.intoArray(s, sAt + 16);
    s11.intoArray(s, sAt + 16 + L);
    s20.intoArray(s, sAt + 32);
    s21.intoArray(s, sAt + 32 + L);
    s30.intoArray(s, sAt + 48);
    s31.intoArray(s, sAt + 48 + L);
    s40.intoArray(s, sAt + 64);
    s41.intoArray(s, sAt + 64 + L);
  }
}
