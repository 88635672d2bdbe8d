package dev.sieve.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What brings numbers to where the products want them. */
final class VectorMove {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** As many bytes as a float vector has lanes, but at least 8: there is no shorter vector. */
  private static final VectorSpecies<Byte> BYTES =
      L == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private VectorMove() {}

  static void decode(
      byte[] pixels,
      int from,
      int count,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    int whole = count - count % 16;
    for (int j = 0; j < whole; j += 16, xAt += xStride) {
      for (int lane = 0; lane < 16; lane += BYTES.length()) {
        // Bytes are signed: p − 128 with the sign bit turned, exact in float, and 128 added again.
        ByteVector signed =
            ByteVector.fromArray(BYTES, pixels, from + j + lane)
                .lanewise(VectorOperators.XOR, (byte) 0x80);
        decode(signed, 0, mean, scale, j + lane, x, xAt + lane);
        if (L == 4) {
          decode(signed, 1, mean, scale, j + lane + 4, x, xAt + lane + 4);
        }
      }
    }
    for (int j = whole; j < count; j++) {
      x[xAt + j - whole] = ((pixels[from + j] & 0xff) - mean[j]) * scale[j];
    }
  }

  private static void decode(
      ByteVector signed, int part, float[] mean, float[] scale, int j, float[] x, int at) {
    FloatVector pixel = ((FloatVector) signed.convertShape(VectorOperators.B2F, S, part)).add(128f);
    pixel
        .sub(FloatVector.fromArray(S, mean, j))
        .mul(FloatVector.fromArray(S, scale, j))
        .intoArray(x, at);
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
        VectorMask<Float> moved = S.indexInRange(lane, high).andNot(S.indexInRange(lane, low));
        for (int i = 0, at = lane; i < n; i++, at += 16) {
          FloatVector.fromArray(S, to, toAt + at)
              .blend(FloatVector.fromArray(S, from, fromAt + at + shift), moved)
              .intoArray(to, toAt + at);
        }
      }
    }
  }
}
