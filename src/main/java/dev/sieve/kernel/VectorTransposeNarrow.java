package dev.sieve.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorTranspose} for vectors of 8 and 4 lanes: a 16 × 16 tile as squares as wide as a
 * vector. The halves are exchanged by loads half a vector off; then, for smaller d, rows r and r +
 * d exchange the lanes that lie d apart, with one permutation for both.
 */
final class VectorTransposeNarrow {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_1 = odd(1);

  private VectorTransposeNarrow() {}

  private static VectorShuffle<Float> swap(int d) {
    return VectorShuffle.fromOp(S, lane -> lane ^ d);
  }

  /** Lanes with the bit of d. */
  private static VectorMask<Float> odd(int d) {
    boolean[] lanes = new boolean[L];
    for (int lane = 0; lane < L; lane++) {
      lanes[lane] = (lane & d) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /** T ← Wᵀ, rows {@code wStride} and {@code tStride} floats apart. */
  static void transpose(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    for (int k = 0; k < 16; k += L) {
      for (int j = 0; j < 16; j += L) {
        int from = wAt + k * wStride + j;
        int to = tAt + j * tStride + k;
        if (L == 8) {
          tile8(w, from, wStride, t, to, tStride);
        } else {
          tile4(w, from, wStride, t, to, tStride);
        }
      }
    }
  }

  private static void tile8(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    FloatVector a0 =
        FloatVector.fromArray(S, w, wAt)
            .blend(FloatVector.fromArray(S, w, wAt + 4 * wStride - 4), ODD_4);
    FloatVector a4 =
        FloatVector.fromArray(S, w, wAt + 4)
            .blend(FloatVector.fromArray(S, w, wAt + 4 * wStride), ODD_4);
    FloatVector a1 =
        FloatVector.fromArray(S, w, wAt + wStride)
            .blend(FloatVector.fromArray(S, w, wAt + 5 * wStride - 4), ODD_4);
    FloatVector a5 =
        FloatVector.fromArray(S, w, wAt + wStride + 4)
            .blend(FloatVector.fromArray(S, w, wAt + 5 * wStride), ODD_4);
    FloatVector a2 =
        FloatVector.fromArray(S, w, wAt + 2 * wStride)
            .blend(FloatVector.fromArray(S, w, wAt + 6 * wStride - 4), ODD_4);
    FloatVector a6 =
        FloatVector.fromArray(S, w, wAt + 2 * wStride + 4)
            .blend(FloatVector.fromArray(S, w, wAt + 6 * wStride), ODD_4);
    FloatVector a3 =
        FloatVector.fromArray(S, w, wAt + 3 * wStride)
            .blend(FloatVector.fromArray(S, w, wAt + 7 * wStride - 4), ODD_4);
    FloatVector a7 =
        FloatVector.fromArray(S, w, wAt + 3 * wStride + 4)
            .blend(FloatVector.fromArray(S, w, wAt + 7 * wStride), ODD_4);
    FloatVector b0x = a2.blend(a0, ODD_2).rearrange(SWAP_2);
    FloatVector b0 = a0.blend(b0x, ODD_2);
    FloatVector b2 = b0x.blend(a2, ODD_2);
    FloatVector b1x = a3.blend(a1, ODD_2).rearrange(SWAP_2);
    FloatVector b1 = a1.blend(b1x, ODD_2);
    FloatVector b3 = b1x.blend(a3, ODD_2);
    FloatVector b4x = a6.blend(a4, ODD_2).rearrange(SWAP_2);
    FloatVector b4 = a4.blend(b4x, ODD_2);
    FloatVector b6 = b4x.blend(a6, ODD_2);
    FloatVector b5x = a7.blend(a5, ODD_2).rearrange(SWAP_2);
    FloatVector b5 = a5.blend(b5x, ODD_2);
    FloatVector b7 = b5x.blend(a7, ODD_2);
    FloatVector c0x = b1.blend(b0, ODD_1).rearrange(SWAP_1);
    FloatVector c0 = b0.blend(c0x, ODD_1);
    FloatVector c1 = c0x.blend(b1, ODD_1);
    FloatVector c2x = b3.blend(b2, ODD_1).rearrange(SWAP_1);
    FloatVector c2 = b2.blend(c2x, ODD_1);
    FloatVector c3 = c2x.blend(b3, ODD_1);
    FloatVector c4x = b5.blend(b4, ODD_1).rearrange(SWAP_1);
    FloatVector c4 = b4.blend(c4x, ODD_1);
    FloatVector c5 = c4x.blend(b5, ODD_1);
    FloatVector c6x = b7.blend(b6, ODD_1).rearrange(SWAP_1);
    FloatVector c6 = b6.blend(c6x, ODD_1);
    FloatVector c7 = c6x.blend(b7, ODD_1);
    c0.intoArray(t, tAt);
    c1.intoArray(t, tAt + tStride);
    c2.intoArray(t, tAt + 2 * tStride);
    c3.intoArray(t, tAt + 3 * tStride);
    c4.intoArray(t, tAt + 4 * tStride);
    c5.intoArray(t, tAt + 5 * tStride);
    c6.intoArray(t, tAt + 6 * tStride);
    c7.intoArray(t, tAt + 7 * tStride);
  }

  private static void tile4(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    FloatVector a0 =
        FloatVector.fromArray(S, w, wAt)
            .blend(FloatVector.fromArray(S, w, wAt + 2 * wStride - 2), ODD_2);
    FloatVector a2 =
        FloatVector.fromArray(S, w, wAt + 2)
            .blend(FloatVector.fromArray(S, w, wAt + 2 * wStride), ODD_2);
    FloatVector a1 =
        FloatVector.fromArray(S, w, wAt + wStride)
            .blend(FloatVector.fromArray(S, w, wAt + 3 * wStride - 2), ODD_2);
    FloatVector a3 =
        FloatVector.fromArray(S, w, wAt + wStride + 2)
            .blend(FloatVector.fromArray(S, w, wAt + 3 * wStride), ODD_2);
    FloatVector b0x = a1.blend(a0, ODD_1).rearrange(SWAP_1);
    FloatVector b0 = a0.blend(b0x, ODD_1);
    FloatVector b1 = b0x.blend(a1, ODD_1);
    FloatVector b2x = a3.blend(a2, ODD_1).rearrange(SWAP_1);
    FloatVector b2 = a2.blend(b2x, ODD_1);
    FloatVector b3 = b2x.blend(a3, ODD_1);
    b0.intoArray(t, tAt);
    b1.intoArray(t, tAt + tStride);
    b2.intoArray(t, tAt + 2 * tStride);
    b3.intoArray(t, tAt + 3 * tStride);
  }
}
