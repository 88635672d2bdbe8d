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
      float[] x, int xAt, int n, float[] g, int gAt, int gStride, float[] dw, int dwAt, int width) {
    if (width == 48) {
      tile8x3(x, xAt, n, g, gAt, gAt + gStride, gAt + 2 * gStride, dw, dwAt);
    } else if (width == 32) {
      tile8x2(x, xAt, n, g, gAt, gAt + gStride, dw, dwAt, width);
    } else {
      tile8x1(x, xAt, n, g, gAt, dw, dwAt);
    }
  }

  private static void tile8x3(
      float[] x, int xAt, int n, float[] g, int g0, int g1, int g2, float[] dw, int dwAt) {
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
    d00.intoArray(dw, dwAt);
    d01.intoArray(dw, dwAt + L);
    d02.intoArray(dw, dwAt + 2 * L);
    d10.intoArray(dw, dwAt + 48);
    d11.intoArray(dw, dwAt + 48 + L);
    d12.intoArray(dw, dwAt + 48 + 2 * L);
    d20.intoArray(dw, dwAt + 2 * 48);
    d21.intoArray(dw, dwAt + 2 * 48 + L);
    d22.intoArray(dw, dwAt + 2 * 48 + 2 * L);
    d30.intoArray(dw, dwAt + 3 * 48);
    d31.intoArray(dw, dwAt + 3 * 48 + L);
    d32.intoArray(dw, dwAt + 3 * 48 + 2 * L);
    d40.intoArray(dw, dwAt + 4 * 48);
    d41.intoArray(dw, dwAt + 4 * 48 + L);
    d42.intoArray(dw, dwAt + 4 * 48 + 2 * L);
    d50.intoArray(dw, dwAt + 5 * 48);
    d51.intoArray(dw, dwAt + 5 * 48 + L);
    d52.intoArray(dw, dwAt + 5 * 48 + 2 * L);
    d60.intoArray(dw, dwAt + 6 * 48);
    d61.intoArray(dw, dwAt + 6 * 48 + L);
    d62.intoArray(dw, dwAt + 6 * 48 + 2 * L);
    d70.intoArray(dw, dwAt + 7 * 48);
    d71.intoArray(dw, dwAt + 7 * 48 + L);
    d72.intoArray(dw, dwAt + 7 * 48 + 2 * L);
  }

  private static void tile8x2(
      float[] x, int xAt, int n, float[] g, int g0, int g1, float[] dw, int dwAt, int width) {
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
    d00.intoArray(dw, dwAt);
    d01.intoArray(dw, dwAt + L);
    d10.intoArray(dw, dwAt + width);
    d11.intoArray(dw, dwAt + width + L);
    d20.intoArray(dw, dwAt + 2 * width);
    d21.intoArray(dw, dwAt + 2 * width + L);
    d30.intoArray(dw, dwAt + 3 * width);
    d31.intoArray(dw, dwAt + 3 * width + L);
    d40.intoArray(dw, dwAt + 4 * width);
    d41.intoArray(dw, dwAt + 4 * width + L);
    d50.intoArray(dw, dwAt + 5 * width);
    d51.intoArray(dw, dwAt + 5 * width + L);
    d60.intoArray(dw, dwAt + 6 * width);
    d61.intoArray(dw, dwAt + 6 * width + L);
    d70.intoArray(dw, dwAt + 7 * width);
    d71.intoArray(dw, dwAt + 7 * width + L);
  }

  private static void tile8x1(float[] x, int xAt, int n, float[] g, int g0, float[] dw, int dwAt) {
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
    d00.intoArray(dw, dwAt);
    d10.intoArray(dw, dwAt + 16);
    d20.intoArray(dw, dwAt + 2 * 16);
    d30.intoArray(dw, dwAt + 3 * 16);
    d40.intoArray(dw, dwAt + 4 * 16);
    d50.intoArray(dw, dwAt + 5 * 16);
    d60.intoArray(dw, dwAt + 6 * 16);
    d70.intoArray(dw, dwAt + 7 * 16);
  }
}
