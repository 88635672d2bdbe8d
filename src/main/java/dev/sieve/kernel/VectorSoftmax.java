package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and cross-entropy, row by row. A row's 16 lanes are one to four vectors; sums and maxima
 * fold them as (l, l+8), (l, l+4), (l, l+2), (l, l+1) at every vector length.
 */
final class VectorSoftmax {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  private VectorSoftmax() {}

  private static VectorShuffle<Float> rotation(int by) {
    return VectorShuffle.fromOp(S, lane -> (lane + by) % L);
  }

  static void softmax(
      float[] s,
      int sAt,
      int sStride,
      int n,
      int classes,
      int[] labels,
      float[] loss,
      int[] predicted) {
    for (int i = 0; i < n; i++) {
      int row = sAt + 16 * i;
      float largest = largest(s, row, sStride, classes);
      predicted[i] = first(s, row, sStride, classes, largest);
      float labelScore = s[Blocks.column(row, sStride, labels[i])] - largest;
      float sum = exponentials(s, row, sStride, classes, largest);
      loss[i] = FloatMath.log(sum) - labelScore;
      divide(s, row, sStride, classes, sum);
    }
    for (int i = 0; i < n; i++) {
      s[Blocks.column(sAt + 16 * i, sStride, labels[i])] -= 1f;
    }
    for (int i = 0; i < n; i++) {
      divide(s, sAt + 16 * i, sStride, classes, n);
    }
  }

  private static float largest(float[] s, int row, int stride, int classes) {
    FloatVector largest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < classes; c += L) {
      FloatVector scores = FloatVector.fromArray(S, s, Blocks.column(row, stride, c));
      VectorMask<Float> used = S.indexInRange(c, classes);
      largest = largest.max(FloatVector.broadcast(S, Float.NEGATIVE_INFINITY).blend(scores, used));
    }
    if (L >= 16) {
      largest = largest.max(largest.rearrange(BY_8));
    }
    if (L >= 8) {
      largest = largest.max(largest.rearrange(BY_4));
    }
    largest = largest.max(largest.rearrange(BY_2));
    largest = largest.max(largest.rearrange(BY_1));
    return largest.lane(0);
  }

  private static int first(float[] s, int row, int stride, int classes, float largest) {
    for (int c = 0; c < classes; c += L) {
      FloatVector scores = FloatVector.fromArray(S, s, Blocks.column(row, stride, c));
      int lane =
          scores.compare(VectorOperators.EQ, largest).and(S.indexInRange(c, classes)).firstTrue();
      if (lane < L) {
        return c + lane;
      }
    }
    return 0;
  }

  /** s ← e = exp(s − largest), 0 in unused lanes; returns Σe. */
  private static float exponentials(float[] s, int row, int stride, int classes, float largest) {
    FloatVector even = FloatVector.zero(S);
    FloatVector odd = FloatVector.zero(S);
    FloatVector third = FloatVector.zero(S);
    FloatVector fourth = FloatVector.zero(S);
    for (int c = 0; c < classes; c += 16) {
      even = even.add(exponential(s, Blocks.column(row, stride, c), c, classes, largest));
      if (L <= 8 && c + L < classes) {
        int at = Blocks.column(row, stride, c + L);
        odd = odd.add(exponential(s, at, c + L, classes, largest));
      }
      if (L == 4 && c + 2 * L < classes) {
        int at = Blocks.column(row, stride, c + 2 * L);
        third = third.add(exponential(s, at, c + 2 * L, classes, largest));
      }
      if (L == 4 && c + 3 * L < classes) {
        int at = Blocks.column(row, stride, c + 3 * L);
        fourth = fourth.add(exponential(s, at, c + 3 * L, classes, largest));
      }
    }
    FloatVector sum = even;
    if (L == 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (L == 8) {
      sum = sum.add(odd);
    }
    if (L == 4) {
      sum = sum.add(third).add(odd.add(fourth));
    } else {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  private static FloatVector exponential(float[] s, int at, int c, int classes, float largest) {
    FloatVector e = exp(FloatVector.fromArray(S, s, at).sub(largest));
    FloatVector used = FloatVector.zero(S).blend(e, S.indexInRange(c, classes));
    used.intoArray(s, at);
    return used;
  }

  /** {@link FloatMath#exp}, lane by lane. */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(FloatMath.LOWEST);
    FloatVector rounded =
        bounded.fma(
            FloatVector.broadcast(S, FloatMath.LOG2_E),
            FloatVector.broadcast(S, FloatMath.ROUNDER));
    FloatVector n = rounded.sub(FloatMath.ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(S, FloatMath.MINUS_LN2_HIGH), bounded);
    r = n.fma(FloatVector.broadcast(S, FloatMath.MINUS_LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(S, FloatMath.EXP_7);
    p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_6));
    p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_5));
    p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_4));
    p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_3));
    p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_2));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector power =
        rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(FloatMath.ONE_BITS);
    return p.mul(power.reinterpretAsFloats());
  }

  private static void divide(float[] s, int row, int stride, int classes, float by) {
    for (int c = 0; c < classes; c += L) {
      int at = Blocks.column(row, stride, c);
      FloatVector.fromArray(S, s, at).div(by).intoArray(s, at);
    }
  }
}
