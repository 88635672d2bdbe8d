package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * dW[k×m] = Xᵀ[k×n] · G[n×m] in register tiles of 4 inputs. Lanes run over columns, each element of
 * dW is one chain of multiply-adds over the images.
 *
 * <p>Tiles of 8 inputs, as {@link VectorProductTall} has them, would need fewer loads, but of their
 * loop over the images the JIT compiler (JDK 17) makes, by the luck of a run, code that copies
 * every register each time, at two thirds of the speed. These always stay in place.
 */
final class VectorGradient {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private VectorGradient() {}

  /** Four inputs of one panel (four rows of W). */
  static void rows4(
      float[] x, int xAt, float[] g, int gAt, int gStride, int n, float[] dw, int dwAt, int width) {
    if (width == 48) {
      for (int c = 0; c < 48; c += 3 * L) {
        int g0 = Blocks.column(gAt, gStride, c);
        int g1 = Blocks.column(gAt, gStride, c + L);
        int g2 = Blocks.column(gAt, gStride, c + 2 * L);
        tile4x3(x, xAt, n, g, g0, g1, g2, dw, dwAt + c);
      }
      return;
    }
    if (width == L) {
      tile4x1(x, xAt, n, g, gAt, dw, dwAt);
      return;
    }
    for (int c = 0; c < width; c += 2 * L) {
      int g0 = Blocks.column(gAt, gStride, c);
      int g1 = Blocks.column(gAt, gStride, c + L);
      tile4x2(x, xAt, n, g, g0, g1, dw, dwAt + c, width);
    }
  }

  private static void tile4x3(
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
  }

  private static void tile4x2(
      float[] x, int xAt, int n, float[] g, int g0, int g1, float[] dw, int dwAt, int width) {
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
    d00.intoArray(dw, dwAt);
    d01.intoArray(dw, dwAt + L);
    d10.intoArray(dw, dwAt + width);
    d11.intoArray(dw, dwAt + width + L);
    d20.intoArray(dw, dwAt + 2 * width);
    d21.intoArray(dw, dwAt + 2 * width + L);
    d30.intoArray(dw, dwAt + 3 * width);
    d31.intoArray(dw, dwAt + 3 * width + L);
  }

  private static void tile4x1(float[] x, int xAt, int n, float[] g, int g0, float[] dw, int dwAt) {
    FloatVector d0 = FloatVector.zero(S);
    FloatVector d1 = FloatVector.zero(S);
    FloatVector d2 = FloatVector.zero(S);
    FloatVector d3 = FloatVector.zero(S);
    for (int i = 0, at = 0; i < n; i++, at += 16) {
      FloatVector b = FloatVector.fromArray(S, g, g0 + at);
      d0 = FloatVector.broadcast(S, x[xAt + at]).fma(b, d0);
      d1 = FloatVector.broadcast(S, x[xAt + at + 1]).fma(b, d1);
      d2 = FloatVector.broadcast(S, x[xAt + at + 2]).fma(b, d2);
      d3 = FloatVector.broadcast(S, x[xAt + at + 3]).fma(b, d3);
    }
    d0.intoArray(dw, dwAt);
    d1.intoArray(dw, dwAt + 16);
    d2.intoArray(dw, dwAt + 32);
    d3.intoArray(dw, dwAt + 48);
  }
}
