package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and cross-entropy, row by row. A row's 16 lanes are one to four vectors; sums and
 * extremes fold them as (l, l+8), (l, l+4), (l, l+2), (l, l+1) at every vector length.
 *
 * <p>No method takes or returns a vector: one that is not inlined would allocate it.
 */
final class VectorSoftmax {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();
  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);
  private static final FloatVector LANES = FloatVector.zero(S).addIndex(1);

  /** Above every class. */
  private static final float NONE = 1 << 20;

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
      float first = first(s, row, sStride, classes, largest);
      predicted[i] = first < classes ? (int) first : 0;
      float labelScore = s[Blocks.column(row, sStride, labels[i])] - largest;
      exponentials(s, row, sStride, classes, largest);
      float sum = sum(s, row, sStride, classes);
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
    FloatVector lowest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector largest = lowest;
    for (int c = 0; c < classes; c += L) {
      VectorMask<Float> used = LANES.compare(VectorOperators.LT, (float) (classes - c));
      FloatVector scores = FloatVector.fromArray(S, s, Blocks.column(row, stride, c));
      largest = largest.max(lowest.blend(scores, used));
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

  /** The first class with the largest score. */
  private static float first(float[] s, int row, int stride, int classes, float largest) {
    FloatVector none = FloatVector.broadcast(S, NONE);
    FloatVector first = none;
    for (int c = 0; c < classes; c += L) {
      FloatVector scores = FloatVector.fromArray(S, s, Blocks.column(row, stride, c));
      VectorMask<Float> found = scores.compare(VectorOperators.EQ, largest);
      first = first.min(none.blend(LANES.add((float) c), found));
    }
    if (L >= 16) {
      first = first.min(first.rearrange(BY_8));
    }
    if (L >= 8) {
      first = first.min(first.rearrange(BY_4));
    }
    first = first.min(first.rearrange(BY_2));
    first = first.min(first.rearrange(BY_1));
    return first.lane(0);
  }

  /** s ← e = exp(s − largest) as {@link FloatMath#exp}; 0 in a block's unused lanes. */
  private static void exponentials(float[] s, int row, int stride, int classes, float largest) {
    int lanes = Blocks.WIDTH * Blocks.count(classes);
    for (int c = 0; c < lanes; c += L) {
      int at = Blocks.column(row, stride, c);
      FloatVector bounded = FloatVector.fromArray(S, s, at).sub(largest).max(FloatMath.LOWEST);
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
      FloatVector power =
          rounded
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(FloatMath.ONE_BITS)
              .reinterpretAsFloats();
      VectorMask<Float> unused = LANES.compare(VectorOperators.GE, (float) (classes - c));
      p.mul(power).blend(0f, unused).intoArray(s, at);
    }
  }

  private static float sum(float[] s, int row, int stride, int classes) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector second = sum;
    FloatVector third = sum;
    FloatVector fourth = sum;
    for (int c = 0, at = row; c < classes; c += 16, at += stride) {
      sum = sum.add(FloatVector.fromArray(S, s, at));
      if (L <= 8) {
        second = second.add(FloatVector.fromArray(S, s, at + L));
      }
      if (L <= 4) {
        third = third.add(FloatVector.fromArray(S, s, at + 2 * L));
        fourth = fourth.add(FloatVector.fromArray(S, s, at + 3 * L));
      }
    }
    if (L >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (L == 8) {
      sum = sum.add(second);
    }
    if (L >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    } else {
      sum = sum.add(third).add(second.add(fourth));
    }
    sum = sum.add(sum.rearrange(BY_2));
    sum = sum.add(sum.rearrange(BY_1));
    return sum.lane(0);
  }

  private static void divide(float[] s, int row, int stride, int classes, float by) {
    for (int c = 0; c < classes; c += L) {
      int at = Blocks.column(row, stride, c);
      FloatVector.fromArray(S, s, at).div(by).intoArray(s, at);
    }
  }
}
