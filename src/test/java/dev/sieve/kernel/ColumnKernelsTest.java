package dev.sieve.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Batch norm, ReLU, softmax, decoding: formulas to a tolerance, both implementations to the bit.
 */
class ColumnKernelsTest {
  private static final Kernels SCALAR = Kernels.scalar();

  private static void same(Blocks actual, Blocks expected, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 16 * actual.blocks(); j++) {
        assertThat(actual.get(i, j)).isEqualTo(expected.get(i, j));
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void momentsAreMeanAndVarianceOfEachColumn(String name, Kernels kernels, int n) {
    Blocks s = new Operands(n).blocks(n, 16);
    float[] mean = new float[16];
    float[] variance = new float[16];

    kernels.moments(s, 0, n, mean, variance);

    for (int j = 0; j < 16; j++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += s.get(i, j);
      }
      float center = sum / n;
      float squares = 0;
      for (int i = 0; i < n; i++) {
        squares = Math.fma(s.get(i, j) - center, s.get(i, j) - center, squares);
      }
      assertThat(mean[j]).isEqualTo(center);
      assertThat(variance[j]).isEqualTo(squares / n);
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void batchNormBeforeReluIsTheSameToTheBit(String name, Kernels kernels, int n) {
    BatchNormColumns norm = new Operands(n).norm(32);
    BatchNormColumns other = new Operands(n).norm(32);
    Blocks s = new Operands(1).blocks(n, 32);
    Blocks t = new Operands(1).blocks(n, 32);
    Blocks a = new Blocks(2, n);
    Blocks b = new Blocks(2, n);
    Blocks d = new Operands(2).blocks(n, 32);
    Blocks g = new Blocks(2, n);
    Blocks h = new Blocks(2, n);
    for (int block = 0; block < 2; block++) {
      kernels.normaliseRelu(s, block, a, 1 - block, n, norm);
      SCALAR.normaliseRelu(t, block, b, 1 - block, n, other);
      kernels.normaliseReluGradient(s, block, a, d, 1 - block, g, n, norm);
      SCALAR.normaliseReluGradient(t, block, b, d, 1 - block, h, n, other);
    }

    same(s, t, n);
    same(a, b, n);
    same(g, h, n);
    assertThat(norm.gammaGradient()).isEqualTo(other.gammaGradient());
    assertThat(norm.betaGradient()).isEqualTo(other.betaGradient());
    float value = (s.get(0, 3) * norm.gamma()[3]) + norm.beta()[3];
    assertThat(a.get(0, 19)).isCloseTo(Math.max(0, value), within(1e-5f));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void reluBeforeBatchNormIsTheSameToTheBit(String name, Kernels kernels, int n) {
    BatchNormColumns norm = new Operands(n).norm(16);
    BatchNormColumns other = new Operands(n).norm(16);
    Blocks s = new Operands(1).blocks(n, 16);
    Blocks t = new Operands(1).blocks(n, 16);
    Blocks a = new Blocks(1, n);
    Blocks b = new Blocks(1, n);
    Blocks d = new Operands(2).blocks(n, 16);
    Blocks g = new Blocks(1, n);
    Blocks h = new Blocks(1, n);
    kernels.relu(s, 0, s, 0, n);
    SCALAR.relu(t, 0, t, 0, n);
    kernels.normalise(s, 0, a, 0, n, norm);
    SCALAR.normalise(t, 0, b, 0, n, other);
    kernels.reluNormaliseGradient(s, 0, d, 0, g, n, norm);
    SCALAR.reluNormaliseGradient(t, 0, d, 0, h, n, other);

    same(s, t, n);
    same(a, b, n);
    same(g, h, n);
    assertThat(norm.gammaGradient()).isEqualTo(other.gammaGradient());
    assertThat(norm.betaGradient()).isEqualTo(other.betaGradient());
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void reluPassesWhatIsPositiveAndNaN(String name, Kernels kernels, int n) {
    Blocks s = new Operands(n).blocks(n, 16);
    s.set(0, 1, Float.NaN);
    s.set(0, 2, 0);
    Blocks a = new Blocks(1, n);
    Blocks g = new Blocks(1, n);
    Blocks d = new Operands(3).blocks(n, 16);

    kernels.relu(s, 0, a, 0, n);
    kernels.reluGradient(a, d, 0, g, 0, n);

    assertThat(a.get(0, 1)).isNaN();
    for (int i = 0; i < n; i++) {
      for (int j = 2; j < 16; j++) {
        assertThat(a.get(i, j)).isEqualTo(Math.max(0, s.get(i, j)));
        assertThat(g.get(i, j)).isEqualTo(s.get(i, j) > 0 ? d.get(i, j) : 0);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void softmaxIsTheSameToTheBitAndRight(String name, Kernels kernels, int classes) {
    if (classes < 2) {
      return;
    }
    int n = 5;
    Blocks s = new Operands(classes).blocks(n, classes);
    Blocks t = new Operands(classes).blocks(n, classes);
    Blocks scores = new Operands(classes).blocks(n, classes);
    int[] labels = {0, classes - 1, classes / 2, 0, 1};
    float[] loss = new float[n];
    float[] otherLoss = new float[n];
    int[] predicted = new int[n];
    int[] otherPredicted = new int[n];
    s.set(3, 0, Float.NaN);
    t.set(3, 0, Float.NaN);

    kernels.softmax(s, 0, n, classes, labels, loss, predicted);
    SCALAR.softmax(t, 0, n, classes, labels, otherLoss, otherPredicted);

    assertThat(loss).isEqualTo(otherLoss);
    assertThat(predicted).isEqualTo(otherPredicted);
    assertThat(loss[3]).isNaN();
    for (int i : new int[] {0, 1, 2, 4}) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(scores.get(i, c));
      }
      for (int c = 0; c < classes; c++) {
        double p = StrictMath.exp(scores.get(i, c)) / sum;
        assertThat(s.get(i, c)).isEqualTo(t.get(i, c));
        assertThat((double) s.get(i, c))
            .isCloseTo((p - (labels[i] == c ? 1 : 0)) / n, within(1e-6));
        assertThat(scores.get(i, predicted[i])).isGreaterThanOrEqualTo(scores.get(i, c));
      }
      assertThat((double) loss[i])
          .isCloseTo(StrictMath.log(sum) - scores.get(i, labels[i]), within(2e-6));
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void imagesAreDecodedAndStandardised(String name, Kernels kernels, int inputs) {
    int n = 23;
    byte[] pixels = new byte[n * inputs];
    new Random(inputs).nextBytes(pixels);
    int[] from = new int[n];
    for (int i = 0; i < n; i++) {
      from[i] = (n - 1 - i) * inputs;
    }
    float[] mean = new Operands(1).vector(inputs);
    float[] scale = new Operands(2).vector(inputs);
    Blocks x = new Blocks(Blocks.count(inputs), n);

    kernels.decode(pixels, from, mean, scale, x, n);

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 16 * x.blocks(); j++) {
        float pixel = j < inputs ? pixels[from[i] + j] & 0xff : 0;
        assertThat(x.get(i, j)).isEqualTo(j < inputs ? (pixel - mean[j]) * scale[j] : 0f);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void rowsOfNumbersAreStandardised(String name, Kernels kernels, int inputs) {
    int n = 23;
    float[] values = new Operands(3).vector(n * inputs);
    int[] from = new int[n];
    for (int i = 0; i < n; i++) {
      from[i] = (n - 1 - i) * inputs;
    }
    float[] mean = new Operands(1).vector(inputs);
    float[] scale = new Operands(2).vector(inputs);
    Blocks x = new Blocks(Blocks.count(inputs), n);

    kernels.decode(values, from, mean, scale, x, n);

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 16 * x.blocks(); j++) {
        assertThat(x.get(i, j))
            .isEqualTo(j < inputs ? (values[from[i] + j] - mean[j]) * scale[j] : 0f);
      }
    }
    from[1] = values.length - inputs + 1;
    assertThatThrownBy(() -> kernels.decode(values, from, mean, scale, x, n))
        .hasMessageContaining("numbers must lie within");
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void shiftedLanesReplaceOnlyWhatTheyCover(String name, Kernels kernels, int n) {
    for (int width = 1; width < 16; width++) {
      int low = 16 - width;
      Blocks from = new Operands(1).blocks(n, 16);
      Blocks to = new Operands(2).blocks(n, 16);
      Blocks kept = new Operands(2).blocks(n, 16);

      kernels.shift(from, 0, -low, to, 0, low, 16, n);

      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 16; j++) {
          assertThat(to.get(i, j)).isEqualTo(j < low ? kept.get(i, j) : from.get(i, j - low));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void rowsAreFilledAndSummed(String name, Kernels kernels, int n) {
    float[] r = new Operands(n).vector(32);
    Blocks s = new Blocks(2, n);
    float[] sums = new float[32];

    kernels.fill(r, s, 1, n);
    kernels.sums(s, 1, n, sums);

    for (int j = 16; j < 32; j++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += r[j];
      }
      assertThat(s.get(n - 1, j)).isEqualTo(r[j]);
      assertThat(sums[j]).isEqualTo(sum);
    }
  }

  @Test
  void exponentialAndLogarithmAreRightToTwoUlps() {
    for (float x = 0; x > -87; x -= 0.0137f) {
      double exact = StrictMath.exp(x);
      assertThat((double) FloatMath.exp(x)).isCloseTo(exact, within(2 * ulp(exact)));
    }
    for (float x = 1; x < 1e6f; x *= 1.0137f) {
      double exact = StrictMath.log(x);
      assertThat((double) FloatMath.log(x)).isCloseTo(exact, within(2 * ulp(exact)));
    }
    assertThat(FloatMath.exp(0)).isEqualTo(1);
    assertThat(FloatMath.log(1)).isZero();
    assertThat(FloatMath.exp(-1000)).isLessThan(2e-38f).isPositive();
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.log(Float.NaN)).isNaN();
    assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isInfinite();
  }

  private static double ulp(double exact) {
    return Math.ulp((float) exact);
  }
}
