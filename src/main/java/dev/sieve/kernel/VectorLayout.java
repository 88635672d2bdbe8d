package dev.sieve.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What brings numbers to where the products want them. */
final class VectorLayout {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = S.length();

  private static final FloatVector LANES = FloatVector.zero(S).addIndex(1);

  /** As many bytes as a float vector has lanes, but at least 8: there is no shorter vector. */
  private static final VectorSpecies<Byte> BYTES =
      L == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  /** Images decoded together. */
  private static final int GROUP = 10;

  private VectorLayout() {}

  /**
   * Images in groups: the rows of a group are neighbours in every block, so that the writes of a
   * block fill whole pages' worth of lines before they go on to the next.
   */
  static void decode(
      byte[] pixels,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    int whole = mean.length - mean.length % 16;
    for (int first = 0; first < n; first += GROUP) {
      int end = Math.min(n, first + GROUP);
      for (int j = 0, at = xAt; j < whole; j += 16, at += xStride) {
        decodeBlock(pixels, from, first, end, mean, scale, j, x, at);
      }
    }
    int at = xAt + whole / 16 * xStride;
    for (int i = 0; i < n; i++) {
      for (int j = whole; j < mean.length; j++) {
        float pixel = pixels[from[i] + j] & 0xff;
        x[at + 16 * i + j - whole] = (pixel - mean[j]) * scale[j];
      }
    }
  }

  private static void decodeBlock(
      byte[] pixels,
      int[] from,
      int first,
      int end,
      float[] mean,
      float[] scale,
      int j,
      float[] x,
      int at) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector means = FloatVector.fromArray(S, mean, j + lane);
      FloatVector scales = FloatVector.fromArray(S, scale, j + lane);
      for (int i = first; i < end; i++) {
        // Bytes are signed: p − 128 with the sign bit turned, exact in float, and 128 added again.
        // Of 8 bytes, the shortest vector, 4 floats take the first or the second half.
        int offset = L == 4 ? lane / 8 * 8 : lane;
        ByteVector signed =
            ByteVector.fromArray(BYTES, pixels, from[i] + j + offset)
                .lanewise(VectorOperators.XOR, (byte) 0x80);
        int part = L == 4 ? lane / 4 % 2 : 0;
        FloatVector pixel =
            ((FloatVector) signed.convertShape(VectorOperators.B2F, S, part)).add(128f);
        pixel.sub(means).mul(scales).intoArray(x, at + 16 * i + lane);
      }
    }
  }

  /** The same of numbers. */
  static void decode(
      float[] values,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    int whole = mean.length - mean.length % 16;
    for (int first = 0; first < n; first += GROUP) {
      int end = Math.min(n, first + GROUP);
      for (int j = 0, at = xAt; j < whole; j += 16, at += xStride) {
        decodeBlock(values, from, first, end, mean, scale, j, x, at);
      }
    }
    int at = xAt + whole / 16 * xStride;
    for (int i = 0; i < n; i++) {
      for (int j = whole; j < mean.length; j++) {
        x[at + 16 * i + j - whole] = (values[from[i] + j] - mean[j]) * scale[j];
      }
    }
  }

  private static void decodeBlock(
      float[] values,
      int[] from,
      int first,
      int end,
      float[] mean,
      float[] scale,
      int j,
      float[] x,
      int at) {
    for (int lane = 0; lane < 16; lane += L) {
      FloatVector means = FloatVector.fromArray(S, mean, j + lane);
      FloatVector scales = FloatVector.fromArray(S, scale, j + lane);
      for (int i = first; i < end; i++) {
        FloatVector.fromArray(S, values, from[i] + j + lane)
            .sub(means)
            .mul(scales)
            .intoArray(x, at + 16 * i + lane);
      }
    }
  }

  static void squares(float[] w, int wAt, int k, int width, float[] r, int rAt) {
    for (int j = 0; j < width; j += L) {
      FloatVector sum = FloatVector.fromArray(S, r, rAt + j);
      for (int kk = 0, at = wAt + j; kk < k; kk++, at += width) {
        FloatVector value = FloatVector.fromArray(S, w, at);
        sum = value.fma(value, sum);
      }
      sum.intoArray(r, rAt + j);
    }
  }

  static void shift(
      float[] from, int fromAt, int shift, float[] to, int toAt, int low, int high, int n) {
    for (int lane = 0; lane < 16; lane += L) {
      if (lane + L > low && lane < high) {
        VectorMask<Float> moved =
            LANES
                .compare(VectorOperators.GE, (float) (low - lane))
                .and(LANES.compare(VectorOperators.LT, (float) (high - lane)));
        for (int i = 0, at = lane; i < n; i++, at += 16) {
          FloatVector.fromArray(S, to, toAt + at)
              .blend(FloatVector.fromArray(S, from, fromAt + at + shift), moved)
              .intoArray(to, toAt + at);
        }
      }
    }
  }
}
