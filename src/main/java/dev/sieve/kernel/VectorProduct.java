package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * S[n×m] ← S + X[n×k] · W[k×m] in register tiles. Lanes run over columns of S, so each element of S
 * is one chain of multiply-adds over k at every vector length. X values are broadcast, W is
 * streamed from the first-level cache. Which tiles serve which vector length stands in {@link
 * Tiles}; these, of 4 rows, are what is left behind those of 8.
 */
final class VectorProduct {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorProduct() {}

  /**
   * One panel of S. Rows are computed in eights and fours: up to three rows past n are written,
   * which their owner keeps for that.
   */
  static void panel(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      int width,
      float[] s,
      int sAt,
      int sStride,
      int n) {
    int i = 0;
    for (; i + 4 < n; i += 8) {
      VectorProductTall.rows8(x, xAt + 16 * i, xStride, k, w, wAt, width, s, sAt + 16 * i, sStride);
    }
    for (; i < n; i += 4) {
      rows4(x, xAt + 16 * i, xStride, k, w, wAt, width, s, sAt + 16 * i, sStride);
    }
  }

  /** Four rows of a panel, in strips of as many columns as 16 registers hold sums of. */
  private static void rows4(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      int width,
      float[] s,
      int sAt,
      int sStride) {
    if (width == 48) {
      for (int c = 0; c < 48; c += 3 * L) {
        int s0 = Blocks.column(sAt, sStride, c);
        int s1 = Blocks.column(sAt, sStride, c + L);
        int s2 = Blocks.column(sAt, sStride, c + 2 * L);
        tile4x3(x, xAt, xStride, k, w, wAt + c, s, s0, s1, s2);
      }
    } else if (width == L) {
      tile4x1(x, xAt, xStride, k, w, wAt, s, sAt);
    } else {
      for (int c = 0; c < width; c += 2 * L) {
        int s0 = Blocks.column(sAt, sStride, c);
        int s1 = Blocks.column(sAt, sStride, c + L);
        tile4x2(x, xAt, xStride, k, w, wAt + c, width, s, s0, s1);
      }
    }
  }

  private static void tile4x3(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      float[] s,
      int s0,
      int s1,
      int s2) {
    FloatVector s00 = FloatVector.fromArray(S, s, s0 + 0);
    FloatVector s01 = FloatVector.fromArray(S, s, s1 + 0);
    FloatVector s02 = FloatVector.fromArray(S, s, s2 + 0);
    FloatVector s10 = FloatVector.fromArray(S, s, s0 + 16);
    FloatVector s11 = FloatVector.fromArray(S, s, s1 + 16);
    FloatVector s12 = FloatVector.fromArray(S, s, s2 + 16);
    FloatVector s20 = FloatVector.fromArray(S, s, s0 + 32);
    FloatVector s21 = FloatVector.fromArray(S, s, s1 + 32);
    FloatVector s22 = FloatVector.fromArray(S, s, s2 + 32);
    FloatVector s30 = FloatVector.fromArray(S, s, s0 + 48);
    FloatVector s31 = FloatVector.fromArray(S, s, s1 + 48);
    FloatVector s32 = FloatVector.fromArray(S, s, s2 + 48);
    for (int from = 0; from < k; from += 16, xAt += xStride) {
      for (int kk = 0; kk < 16; kk++, wAt += 48) {
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + L);
        FloatVector w2 = FloatVector.fromArray(S, w, wAt + 2 * L);
        FloatVector x0 = FloatVector.broadcast(S, x[xAt + kk + 0]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        s02 = x0.fma(w2, s02);
        FloatVector x1 = FloatVector.broadcast(S, x[xAt + kk + 16]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        s12 = x1.fma(w2, s12);
        FloatVector x2 = FloatVector.broadcast(S, x[xAt + kk + 32]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        s22 = x2.fma(w2, s22);
        FloatVector x3 = FloatVector.broadcast(S, x[xAt + kk + 48]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        s32 = x3.fma(w2, s32);
      }
    }
    s00.intoArray(s, s0 + 0);
    s01.intoArray(s, s1 + 0);
    s02.intoArray(s, s2 + 0);
    s10.intoArray(s, s0 + 16);
    s11.intoArray(s, s1 + 16);
    s12.intoArray(s, s2 + 16);
    s20.intoArray(s, s0 + 32);
    s21.intoArray(s, s1 + 32);
    s22.intoArray(s, s2 + 32);
    s30.intoArray(s, s0 + 48);
    s31.intoArray(s, s1 + 48);
    s32.intoArray(s, s2 + 48);
  }

  private static void tile4x2(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      int width,
      float[] s,
      int s0,
      int s1) {
    FloatVector s00 = FloatVector.fromArray(S, s, s0 + 0);
    FloatVector s01 = FloatVector.fromArray(S, s, s1 + 0);
    FloatVector s10 = FloatVector.fromArray(S, s, s0 + 16);
    FloatVector s11 = FloatVector.fromArray(S, s, s1 + 16);
    FloatVector s20 = FloatVector.fromArray(S, s, s0 + 32);
    FloatVector s21 = FloatVector.fromArray(S, s, s1 + 32);
    FloatVector s30 = FloatVector.fromArray(S, s, s0 + 48);
    FloatVector s31 = FloatVector.fromArray(S, s, s1 + 48);
    for (int from = 0; from < k; from += 16, xAt += xStride) {
      for (int kk = 0; kk < 16; kk++, wAt += width) {
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector w1 = FloatVector.fromArray(S, w, wAt + L);
        FloatVector x0 = FloatVector.broadcast(S, x[xAt + kk + 0]);
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
      }
    }
    s00.intoArray(s, s0 + 0);
    s01.intoArray(s, s1 + 0);
    s10.intoArray(s, s0 + 16);
    s11.intoArray(s, s1 + 16);
    s20.intoArray(s, s0 + 32);
    s21.intoArray(s, s1 + 32);
    s30.intoArray(s, s0 + 48);
    s31.intoArray(s, s1 + 48);
  }

  private static void tile4x1(
      float[] x, int xAt, int xStride, int k, float[] w, int wAt, float[] s, int s0) {
    FloatVector s00 = FloatVector.fromArray(S, s, s0 + 0);
    FloatVector s10 = FloatVector.fromArray(S, s, s0 + 16);
    FloatVector s20 = FloatVector.fromArray(S, s, s0 + 32);
    FloatVector s30 = FloatVector.fromArray(S, s, s0 + 48);
    for (int from = 0; from < k; from += 16, xAt += xStride) {
      for (int kk = 0; kk < 16; kk++, wAt += 16) {
        FloatVector w0 = FloatVector.fromArray(S, w, wAt);
        FloatVector x0 = FloatVector.broadcast(S, x[xAt + kk + 0]);
        s00 = x0.fma(w0, s00);
        FloatVector x1 = FloatVector.broadcast(S, x[xAt + kk + 16]);
        s10 = x1.fma(w0, s10);
        FloatVector x2 = FloatVector.broadcast(S, x[xAt + kk + 32]);
        s20 = x2.fma(w0, s20);
        FloatVector x3 = FloatVector.broadcast(S, x[xAt + kk + 48]);
        s30 = x3.fma(w0, s30);
      }
    }
    s00.intoArray(s, s0 + 0);
    s10.intoArray(s, s0 + 16);
    s20.intoArray(s, s0 + 32);
    s30.intoArray(s, s0 + 48);
  }
}
