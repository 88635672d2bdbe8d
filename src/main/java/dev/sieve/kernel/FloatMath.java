package dev.sieve.kernel;

/**
 * Exponential and logarithm in float: polynomials after S. L. Moshier's Cephes library ({@code
 * expf}, {@code logf}), evaluated by multiply-adds, so that scalar and vector code give the same
 * bits on every machine. {@code Math.exp} and the vector API's transcendentals do not.
 */
final class FloatMath {
  /** Below it, e^x is taken for e^−87 ≈ 1.6e-38, the smallest that is not subnormal. */
  static final float LOWEST = -87f;

  static final float LOG2_E = 1.44269504f;

  /** 1.5 · 2^23: adding it rounds to an integer, which is then in the lowest bits. */
  static final float ROUNDER = 12582912f;

  static final float MINUS_LN2_HIGH = -0.693359375f;
  static final float MINUS_LN2_LOW = 2.12194440e-4f;
  static final float EXP_7 = 1.9875691500e-4f;
  static final float EXP_6 = 1.3981999507e-3f;
  static final float EXP_5 = 8.3334519073e-3f;
  static final float EXP_4 = 4.1665795894e-2f;
  static final float EXP_3 = 1.6666665459e-1f;
  static final float EXP_2 = 5.0000001201e-1f;

  /** Bits of 1f, which added to n · 2^23 give those of 2^n. */
  static final int ONE_BITS = 0x3f800000;

  private FloatMath() {}

  /** e^x for x ≤ 0, within 2 ulp; NaN for NaN. */
  static float exp(float x) {
    float bounded = Math.max(x, LOWEST);
    float rounded = Math.fma(bounded, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, bounded));
    float p = EXP_7;
    p = Math.fma(p, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    p = Math.fma(p, r * r, r) + 1f;
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + ONE_BITS);
  }

  /** ln x for x ≥ 1, within 2 ulp; NaN for NaN. */
  static float log(float x) {
    if (!(x <= Float.MAX_VALUE)) {
      return x;
    }
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits >> 23) - 126;
    float m = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
    if (m < 0.70710678f) {
      exponent--;
      m = m + m;
    }
    float f = m - 1f;
    float square = f * f;
    float p = 7.0376836292e-2f;
    p = Math.fma(p, f, -1.1514610310e-1f);
    p = Math.fma(p, f, 1.1676998740e-1f);
    p = Math.fma(p, f, -1.2420140846e-1f);
    p = Math.fma(p, f, 1.4249322787e-1f);
    p = Math.fma(p, f, -1.6668057665e-1f);
    p = Math.fma(p, f, 2.0000714765e-1f);
    p = Math.fma(p, f, -2.4999993993e-1f);
    p = Math.fma(p, f, 3.3333331174e-1f);
    float y = p * f * square;
    y = Math.fma(exponent, -2.12194440e-4f, y);
    y = Math.fma(-0.5f, square, y);
    return Math.fma(exponent, 0.693359375f, f + y);
  }
}
