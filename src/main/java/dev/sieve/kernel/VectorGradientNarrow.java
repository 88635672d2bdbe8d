package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorGradient}'s tiles for 16 registers, two vectors wide: 16 inputs are 6 + 5 + 5. The
 * loops have one induction variable: with a second one, which takes part in no address, the JIT
 * compiler (JDK 17) keeps one vector too many alive and spills a sum, at half the speed.
 */
final class VectorGradientNarrow {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorGradientNarrow() {}

  /** Inputs of one panel (rows of W), {@code rows} of 16 and those that share a tile with them. */
  static void rows(float[] x, int xAt, float[] g, int gAt, int n, float[] dw, int dwAt, int rows) {
    tile6x2(x, xAt, n, g, gAt, dw, dwAt);
    if (rows > 6) {
      tile5x2(x, xAt + 6, n, g, gAt, dw, dwAt + 6 * 16);
    }
    if (rows > 11) {
      tile5x2(x, xAt + 11, n, g, gAt, dw, dwAt + 11 * 16);
    }
  }

  private static void tile6x2(float[] x, int xAt, int n, float[] g, int gAt, float[] dw, int dwAt) {
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
    for (int at = 0; at < 16 * n; at += 16) {
      FloatVector g0 = FloatVector.fromArray(S, g, gAt + at);
      FloatVector g1 = FloatVector.fromArray(S, g, gAt + at + L);
      FloatVector x0 = FloatVector.broadcast(S, x[xAt + at]);
      d00 = x0.fma(g0, d00);
      d01 = x0.fma(g1, d01);
      FloatVector x1 = FloatVector.broadcast(S, x[xAt + at + 1]);
      d10 = x1.fma(g0, d10);
      d11 = x1.fma(g1, d11);
      FloatVector x2 = FloatVector.broadcast(S, x[xAt + at + 2]);
      d20 = x2.fma(g0, d20);
      d21 = x2.fma(g1, d21);
      FloatVector x3 = FloatVector.broadcast(S, x[xAt + at + 3]);
      d30 = x3.fma(g0, d30);
      d31 = x3.fma(g1, d31);
      FloatVector x4 = FloatVector.broadcast(S, x[xAt + at + 4]);
      d40 = x4.fma(g0, d40);
      d41 = x4.fma(g1, d41);
      FloatVector x5 = FloatVector.broadcast(S, x[xAt + at + 5]);
      d50 = x5.fma(g0, d50);
      d51 = x5.fma(g1, d51);
    }
    d00.intoArray(dw, dwAt);
    d01.intoArray(dw, dwAt + L);
    d10.intoArray(dw, dwAt + 16);
    d11.intoArray(dw, dwAt + 16 + L);
    d20.intoArray(dw, dwAt + 32);
    d21.intoArray(dw, dwAt + 32 + L);
    d30.intoArray(dw, dwAt + 48);
    d31.intoArray(dw, dwAt + 48 + L);
    d40.intoArray(dw, dwAt + 64);
    d41.intoArray(dw, dwAt + 64 + L);
    d50.intoArray(dw, dwAt + 80);
    d51.intoArray(dw, dwAt + 80 + L);
  }

  private static void tile5x2(float[] x, int xAt, int n, float[] g, int gAt, float[] dw, int dwAt) {
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
    for (int at = 0; at < 16 * n; at += 16) {
      FloatVector g0 = FloatVector.fromArray(S, g, gAt + at);
      FloatVector g1 = FloatVector.fromArray(S, g, gAt + at + L);
      FloatVector x0 = FloatVector.broadcast(S, x[xAt + at]);
      d00 = x0.fma(g0, d00);
      d01 = x0.fma(g1, d01);
      FloatVector x1 = FloatVector.broadcast(S, x[xAt + at + 1]);
      d10 = x1.fma(g0, d10);
      d11 = x1.fma(g1, d11);
      FloatVector x2 = FloatVector.broadcast(S, x[xAt + at + 2]);
      d20 = x2.fma(g0, d20);
      d21 = x2.fma(g1, d21);
      FloatVector x3 = FloatVector.broadcast(S, x[xAt + at + 3]);
      d30 = x3.fma(g0, d30);
      d31 = x3.fma(g1, d31);
      FloatVector x4 = FloatVector.broadcast(S, x[xAt + at + 4]);
      d40 = x4.fma(g0, d40);
      d41 = x4.fma(g1, d41);
    }
    d00.intoArray(dw, dwAt);
    d01.intoArray(dw, dwAt + L);
    d10.intoArray(dw, dwAt + 16);
    d11.intoArray(dw, dwAt + 16 + L);
    d20.intoArray(dw, dwAt + 32);
    d21.intoArray(dw, dwAt + 32 + L);
    d30.intoArray(dw, dwAt + 48);
    d31.intoArray(dw, dwAt + 48 + L);
    d40.intoArray(dw, dwAt + 64);
    d41.intoArray(dw, dwAt + 64 + L);
  }
}
