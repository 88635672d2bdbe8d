package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorProduct}'s tiles of 8 rows: three vectors wide, the sums stay in 24 of the 32
 * registers of AVX-512 or NEON, and three loads of W serve 24 multiply-adds.
 */
final class VectorProductTall {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorProductTall() {}

  /** Eight rows of a panel, in strips of up to three vectors. */
  static void rows8(
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
    if (L == 16) {
      if (width == 48) {
        tile8x3(x, xAt, xStride, k, w, wAt, s, sAt, sAt + sStride, sAt + 2 * sStride);
      } else if (width == 32) {
        tile8x2(x, xAt, xStride, k, w, wAt, width, s, sAt, sAt + sStride);
      } else {
        tile8x1(x, xAt, xStride, k, w, wAt, s, sAt);
      }
    } else if (width == 48) {
      for (int c = 0; c < 48; c += 3 * L) {
        int s0 = Blocks.column(sAt, sStride, c);
        int s1 = Blocks.column(sAt, sStride, c + L);
        int s2 = Blocks.column(sAt, sStride, c + 2 * L);
        tile8x3(x, xAt, xStride, k, w, wAt + c, s, s0, s1, s2);
      }
    } else {
      for (int c = 0; c < width; c += 2 * L) {
        int s0 = Blocks.column(sAt, sStride, c);
        int s1 = Blocks.column(sAt, sStride, c + L);
        tile8x2(x, xAt, xStride, k, w, wAt + c, width, s, s0, s1);
      }
    }
  }

  private static void tile8x3(
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
    FloatVector s40 = FloatVector.fromArray(S, s, s0 + 64);
    FloatVector s41 = FloatVector.fromArray(S, s, s1 + 64);
    FloatVector s42 = FloatVector.fromArray(S, s, s2 + 64);
    FloatVector s50 = FloatVector.fromArray(S, s, s0 + 80);
    FloatVector s51 = FloatVector.fromArray(S, s, s1 + 80);
    FloatVector s52 = FloatVector.fromArray(S, s, s2 + 80);
    FloatVector s60 = FloatVector.fromArray(S, s, s0 + 96);
    FloatVector s61 = FloatVector.fromArray(S, s, s1 + 96);
    FloatVector s62 = FloatVector.fromArray(S, s, s2 + 96);
    FloatVector s70 = FloatVector.fromArray(S, s, s0 + 112);
    FloatVector s71 = FloatVector.fromArray(S, s, s1 + 112);
    FloatVector s72 = FloatVector.fromArray(S, s, s2 + 112);
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
        FloatVector x4 = FloatVector.broadcast(S, x[xAt + kk + 64]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
        s42 = x4.fma(w2, s42);
        FloatVector x5 = FloatVector.broadcast(S, x[xAt + kk + 80]);
        s50 = x5.fma(w0, s50);
        s51 = x5.fma(w1, s51);
        s52 = x5.fma(w2, s52);
        FloatVector x6 = FloatVector.broadcast(S, x[xAt + kk + 96]);
        s60 = x6.fma(w0, s60);
        s61 = x6.fma(w1, s61);
        s62 = x6.fma(w2, s62);
        FloatVector x7 = FloatVector.broadcast(S, x[xAt + kk + 112]);
        s70 = x7.fma(w0, s70);
        s71 = x7.fma(w1, s71);
        s72 = x7.fma(w2, s72);
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
    s40.intoArray(s, s0 + 64);
    s41.intoArray(s, s1 + 64);
    s42.intoArray(s, s2 + 64);
    s50.intoArray(s, s0 + 80);
    s51.intoArray(s, s1 + 80);
    s52.intoArray(s, s2 + 80);
    s60.intoArray(s, s0 + 96);
    s61.intoArray(s, s1 + 96);
    s62.intoArray(s, s2 + 96);
    s70.intoArray(s, s0 + 112);
    s71.intoArray(s, s1 + 112);
    s72.intoArray(s, s2 + 112);
  }

  private static void tile8x2(
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
    FloatVector s40 = FloatVector.fromArray(S, s, s0 + 64);
    FloatVector s41 = FloatVector.fromArray(S, s, s1 + 64);
    FloatVector s50 = FloatVector.fromArray(S, s, s0 + 80);
    FloatVector s51 = FloatVector.fromArray(S, s, s1 + 80);
    FloatVector s60 = FloatVector.fromArray(S, s, s0 + 96);
    FloatVector s61 = FloatVector.fromArray(S, s, s1 + 96);
    FloatVector s70 = FloatVector.fromArray(S, s, s0 + 112);
    FloatVector s71 = FloatVector.fromArray(S, s, s1 + 112);
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
        FloatVector x4 = FloatVector.broadcast(S, x[xAt + kk + 64]);
        s40 = x4.fma(w0, s40);
        s41 = x4.fma(w1, s41);
        FloatVector x5 = FloatVector.broadcast(S, x[xAt + kk + 80]);
        s50 = x5.fma(w0, s50);
        s51 = x5.fma(w1, s51);
        FloatVector x6 = FloatVector.broadcast(S, x[xAt + kk + 96]);
        s60 = x6.fma(w0, s60);
        s61 = x6.fma(w1, s61);
        FloatVector x7 = FloatVector.broadcast(S, x[xAt + kk + 112]);
        s70 = x7.fma(w0, s70);
        s71 = x7.fma(w1, s71);
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
    s40.intoArray(s, s0 + 64);
    s41.intoArray(s, s1 + 64);
    s50.intoArray(s, s0 + 80);
    s51.intoArray(s, s1 + 80);
    s60.intoArray(s, s0 + 96);
    s61.intoArray(s, s1 + 96);
    s70.intoArray(s, s0 + 112);
    s71.intoArray(s, s1 + 112);
  }

  private static void tile8x1(
      float[] x, int xAt, int xStride, int k, float[] w, int wAt, float[] s, int s0) {
    FloatVector s00 = FloatVector.fromArray(S, s, s0 + 0);
    FloatVector s10 = FloatVector.fromArray(S, s, s0 + 16);
    FloatVector s20 = FloatVector.fromArray(S, s, s0 + 32);
    FloatVector s30 = FloatVector.fromArray(S, s, s0 + 48);
    FloatVector s40 = FloatVector.fromArray(S, s, s0 + 64);
    FloatVector s50 = FloatVector.fromArray(S, s, s0 + 80);
    FloatVector s60 = FloatVector.fromArray(S, s, s0 + 96);
    FloatVector s70 = FloatVector.fromArray(S, s, s0 + 112);
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
        FloatVector x4 = FloatVector.broadcast(S, x[xAt + kk + 64]);
        s40 = x4.fma(w0, s40);
        FloatVector x5 = FloatVector.broadcast(S, x[xAt + kk + 80]);
        s50 = x5.fma(w0, s50);
        FloatVector x6 = FloatVector.broadcast(S, x[xAt + kk + 96]);
        s60 = x6.fma(w0, s60);
        FloatVector x7 = FloatVector.broadcast(S, x[xAt + kk + 112]);
        s70 = x7.fma(w0, s70);
      }
    }
    s00.intoArray(s, s0 + 0);
    s10.intoArray(s, s0 + 16);
    s20.intoArray(s, s0 + 32);
    s30.intoArray(s, s0 + 48);
    s40.intoArray(s, s0 + 64);
    s50.intoArray(s, s0 + 80);
    s60.intoArray(s, s0 + 96);
    s70.intoArray(s, s0 + 112);
  }
}
