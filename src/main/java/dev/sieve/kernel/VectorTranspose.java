package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * A 16 × 16 tile transposed in registers: for d = 8, 4, 2, 1 rows r and r + d exchange the lanes
 * that lie d apart. Half a permutation and half a blend an element, against a load and a store
 * each.
 */
final class VectorTranspose {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final VectorShuffle<Float> UP_8 = VectorShuffle.fromOp(S, lane -> (lane + 8) % 16);
  private static final VectorShuffle<Float> DOWN_8 =
      VectorShuffle.fromOp(S, lane -> (lane + 8) % 16);
  private static final VectorMask<Float> ODD_8 = VectorMask.fromLong(S, 0xff00L);
  private static final VectorShuffle<Float> UP_4 =
      VectorShuffle.fromOp(S, lane -> (lane + 12) % 16);
  private static final VectorShuffle<Float> DOWN_4 =
      VectorShuffle.fromOp(S, lane -> (lane + 4) % 16);
  private static final VectorMask<Float> ODD_4 = VectorMask.fromLong(S, 0xf0f0L);
  private static final VectorShuffle<Float> UP_2 =
      VectorShuffle.fromOp(S, lane -> (lane + 14) % 16);
  private static final VectorShuffle<Float> DOWN_2 =
      VectorShuffle.fromOp(S, lane -> (lane + 2) % 16);
  private static final VectorMask<Float> ODD_2 = VectorMask.fromLong(S, 0xccccL);
  private static final VectorShuffle<Float> UP_1 =
      VectorShuffle.fromOp(S, lane -> (lane + 15) % 16);
  private static final VectorShuffle<Float> DOWN_1 =
      VectorShuffle.fromOp(S, lane -> (lane + 1) % 16);
  private static final VectorMask<Float> ODD_1 = VectorMask.fromLong(S, 0xaaaaL);

  private VectorTranspose() {}

  /** T ← Wᵀ, rows {@code wStride} and {@code tStride} floats apart. */
  static void transpose(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    FloatVector a0 = FloatVector.fromArray(S, w, wAt);
    FloatVector a1 = FloatVector.fromArray(S, w, wAt + wStride);
    FloatVector a2 = FloatVector.fromArray(S, w, wAt + 2 * wStride);
    FloatVector a3 = FloatVector.fromArray(S, w, wAt + 3 * wStride);
    FloatVector a4 = FloatVector.fromArray(S, w, wAt + 4 * wStride);
    FloatVector a5 = FloatVector.fromArray(S, w, wAt + 5 * wStride);
    FloatVector a6 = FloatVector.fromArray(S, w, wAt + 6 * wStride);
    FloatVector a7 = FloatVector.fromArray(S, w, wAt + 7 * wStride);
    FloatVector a8 = FloatVector.fromArray(S, w, wAt + 8 * wStride);
    FloatVector a9 = FloatVector.fromArray(S, w, wAt + 9 * wStride);
    FloatVector a10 = FloatVector.fromArray(S, w, wAt + 10 * wStride);
    FloatVector a11 = FloatVector.fromArray(S, w, wAt + 11 * wStride);
    FloatVector a12 = FloatVector.fromArray(S, w, wAt + 12 * wStride);
    FloatVector a13 = FloatVector.fromArray(S, w, wAt + 13 * wStride);
    FloatVector a14 = FloatVector.fromArray(S, w, wAt + 14 * wStride);
    FloatVector a15 = FloatVector.fromArray(S, w, wAt + 15 * wStride);
    FloatVector b0 = a0.blend(a8.rearrange(UP_8), ODD_8);
    FloatVector b8 = a0.rearrange(DOWN_8).blend(a8, ODD_8);
    FloatVector b1 = a1.blend(a9.rearrange(UP_8), ODD_8);
    FloatVector b9 = a1.rearrange(DOWN_8).blend(a9, ODD_8);
    FloatVector b2 = a2.blend(a10.rearrange(UP_8), ODD_8);
    FloatVector b10 = a2.rearrange(DOWN_8).blend(a10, ODD_8);
    FloatVector b3 = a3.blend(a11.rearrange(UP_8), ODD_8);
    FloatVector b11 = a3.rearrange(DOWN_8).blend(a11, ODD_8);
    FloatVector b4 = a4.blend(a12.rearrange(UP_8), ODD_8);
    FloatVector b12 = a4.rearrange(DOWN_8).blend(a12, ODD_8);
    FloatVector b5 = a5.blend(a13.rearrange(UP_8), ODD_8);
    FloatVector b13 = a5.rearrange(DOWN_8).blend(a13, ODD_8);
    FloatVector b6 = a6.blend(a14.rearrange(UP_8), ODD_8);
    FloatVector b14 = a6.rearrange(DOWN_8).blend(a14, ODD_8);
    FloatVector b7 = a7.blend(a15.rearrange(UP_8), ODD_8);
    FloatVector b15 = a7.rearrange(DOWN_8).blend(a15, ODD_8);
    FloatVector c0 = b0.blend(b4.rearrange(UP_4), ODD_4);
    FloatVector c4 = b0.rearrange(DOWN_4).blend(b4, ODD_4);
    FloatVector c1 = b1.blend(b5.rearrange(UP_4), ODD_4);
    FloatVector c5 = b1.rearrange(DOWN_4).blend(b5, ODD_4);
    FloatVector c2 = b2.blend(b6.rearrange(UP_4), ODD_4);
    FloatVector c6 = b2.rearrange(DOWN_4).blend(b6, ODD_4);
    FloatVector c3 = b3.blend(b7.rearrange(UP_4), ODD_4);
    FloatVector c7 = b3.rearrange(DOWN_4).blend(b7, ODD_4);
    FloatVector c8 = b8.blend(b12.rearrange(UP_4), ODD_4);
    FloatVector c12 = b8.rearrange(DOWN_4).blend(b12, ODD_4);
    FloatVector c9 = b9.blend(b13.rearrange(UP_4), ODD_4);
    FloatVector c13 = b9.rearrange(DOWN_4).blend(b13, ODD_4);
    FloatVector c10 = b10.blend(b14.rearrange(UP_4), ODD_4);
    FloatVector c14 = b10.rearrange(DOWN_4).blend(b14, ODD_4);
    FloatVector c11 = b11.blend(b15.rearrange(UP_4), ODD_4);
    FloatVector c15 = b11.rearrange(DOWN_4).blend(b15, ODD_4);
    FloatVector d0 = c0.blend(c2.rearrange(UP_2), ODD_2);
    FloatVector d2 = c0.rearrange(DOWN_2).blend(c2, ODD_2);
    FloatVector d1 = c1.blend(c3.rearrange(UP_2), ODD_2);
    FloatVector d3 = c1.rearrange(DOWN_2).blend(c3, ODD_2);
    FloatVector d4 = c4.blend(c6.rearrange(UP_2), ODD_2);
    FloatVector d6 = c4.rearrange(DOWN_2).blend(c6, ODD_2);
    FloatVector d5 = c5.blend(c7.rearrange(UP_2), ODD_2);
    FloatVector d7 = c5.rearrange(DOWN_2).blend(c7, ODD_2);
    FloatVector d8 = c8.blend(c10.rearrange(UP_2), ODD_2);
    FloatVector d10 = c8.rearrange(DOWN_2).blend(c10, ODD_2);
    FloatVector d9 = c9.blend(c11.rearrange(UP_2), ODD_2);
    FloatVector d11 = c9.rearrange(DOWN_2).blend(c11, ODD_2);
    FloatVector d12 = c12.blend(c14.rearrange(UP_2), ODD_2);
    FloatVector d14 = c12.rearrange(DOWN_2).blend(c14, ODD_2);
    FloatVector d13 = c13.blend(c15.rearrange(UP_2), ODD_2);
    FloatVector d15 = c13.rearrange(DOWN_2).blend(c15, ODD_2);
    FloatVector e0 = d0.blend(d1.rearrange(UP_1), ODD_1);
    FloatVector e1 = d0.rearrange(DOWN_1).blend(d1, ODD_1);
    FloatVector e2 = d2.blend(d3.rearrange(UP_1), ODD_1);
    FloatVector e3 = d2.rearrange(DOWN_1).blend(d3, ODD_1);
    FloatVector e4 = d4.blend(d5.rearrange(UP_1), ODD_1);
    FloatVector e5 = d4.rearrange(DOWN_1).blend(d5, ODD_1);
    FloatVector e6 = d6.blend(d7.rearrange(UP_1), ODD_1);
    FloatVector e7 = d6.rearrange(DOWN_1).blend(d7, ODD_1);
    FloatVector e8 = d8.blend(d9.rearrange(UP_1), ODD_1);
    FloatVector e9 = d8.rearrange(DOWN_1).blend(d9, ODD_1);
    FloatVector e10 = d10.blend(d11.rearrange(UP_1), ODD_1);
    FloatVector e11 = d10.rearrange(DOWN_1).blend(d11, ODD_1);
    FloatVector e12 = d12.blend(d13.rearrange(UP_1), ODD_1);
    FloatVector e13 = d12.rearrange(DOWN_1).blend(d13, ODD_1);
    FloatVector e14 = d14.blend(d15.rearrange(UP_1), ODD_1);
    FloatVector e15 = d14.rearrange(DOWN_1).blend(d15, ODD_1);
    e0.intoArray(t, tAt);
    e1.intoArray(t, tAt + tStride);
    e2.intoArray(t, tAt + 2 * tStride);
    e3.intoArray(t, tAt + 3 * tStride);
    e4.intoArray(t, tAt + 4 * tStride);
    e5.intoArray(t, tAt + 5 * tStride);
    e6.intoArray(t, tAt + 6 * tStride);
    e7.intoArray(t, tAt + 7 * tStride);
    e8.intoArray(t, tAt + 8 * tStride);
    e9.intoArray(t, tAt + 9 * tStride);
    e10.intoArray(t, tAt + 10 * tStride);
    e11.intoArray(t, tAt + 11 * tStride);
    e12.intoArray(t, tAt + 12 * tStride);
    e13.intoArray(t, tAt + 13 * tStride);
    e14.intoArray(t, tAt + 14 * tStride);
    e15.intoArray(t, tAt + 15 * tStride);
  }
}
