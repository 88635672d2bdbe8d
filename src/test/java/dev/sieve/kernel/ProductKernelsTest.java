package dev.sieve.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three products and the updates inside them: every element is one chain, to the bit. */
class ProductKernelsTest {
  private static void checkProduct(Kernels kernels, int n, int d, int m) {
    Operands numbers = new Operands(n + d + m);
    Blocks x = numbers.blocks(n, d, 1);
    Panels w = numbers.panels(d, m);
    Blocks s = numbers.blocks(n, m, 2);
    float[][] expected = new float[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        expected[i][j] = s.get(i, 32 + j);
        for (int k = 0; k < d; k++) {
          expected[i][j] = Math.fma(x.get(i, 16 + k), w.get(k, j), expected[i][j]);
        }
      }
    }

    kernels.product(x, 1, w, s, 2, n);

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        assertThat(s.get(i, 32 + j)).isEqualTo(expected[i][j]);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void aProductIsOneChainAnElement(String name, Kernels kernels, int size) {
    checkProduct(kernels, size, 33, 50);
    checkProduct(kernels, 10, size, 20);
    checkProduct(kernels, 5, 18, size);
    checkProduct(kernels, 9, size, 64);
  }

  private static float gradient(Blocks x, Blocks g, int k, int j, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(x.get(i, k), g.get(i, j), sum);
    }
    return sum;
  }

  private static void checkSgd(Kernels kernels, int n, int d, int m) {
    Operands numbers = new Operands(n + d + m);
    Blocks x = numbers.blocks(n, d);
    Blocks g = numbers.blocks(n, m);
    Panels w = numbers.panels(d, m);
    Panels gradient = new Panels(d, m);
    ColumnRates rates = numbers.rates(m);
    float[][] expected = new float[d][m];
    for (int k = 0; k < d; k++) {
      for (int j = 0; j < m; j++) {
        float cost = Math.fma(rates.penalty()[j], w.get(k, j), gradient(x, g, k, j, n));
        expected[k][j] = Math.fma(cost, -rates.rate()[j], w.get(k, j));
      }
    }

    kernels.gradient(x, 0, g, 0, n, gradient);
    new Updates(kernels).sgd(x, 0, g, 0, n, w, rates, 0);

    for (int k = 0; k < d; k++) {
      for (int j = 0; j < m; j++) {
        assertThat(gradient.get(k, j)).isEqualTo(gradient(x, g, k, j, n));
        assertThat(w.get(k, j)).isEqualTo(expected[k][j]);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void descentIsOneChainAnElement(String name, Kernels kernels, int size) {
    checkSgd(kernels, size, 33, 50);
    checkSgd(kernels, 10, size, 20);
    checkSgd(kernels, 5, 18, size);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void momentumMovesByTheVelocity(String name, Kernels kernels, int size) {
    Operands numbers = new Operands(size);
    Blocks x = numbers.blocks(6, 19);
    Blocks g = numbers.blocks(6, size);
    Panels w = numbers.panels(19, size);
    Panels v = numbers.panels(19, size);
    ColumnRates rates = numbers.rates(size);
    float[][] velocity = new float[19][size];
    float[][] expected = new float[19][size];
    for (int k = 0; k < 19; k++) {
      for (int j = 0; j < size; j++) {
        float cost = Math.fma(rates.penalty()[j], w.get(k, j), gradient(x, g, k, j, 6));
        velocity[k][j] = Math.fma(cost, rates.rate()[j], 0.9f * v.get(k, j));
        expected[k][j] = w.get(k, j) - velocity[k][j];
      }
    }

    new Updates(kernels).momentum(x, 0, g, 0, 6, w, rates, 0, v, 0.9f);

    for (int k = 0; k < 19; k++) {
      for (int j = 0; j < size; j++) {
        assertThat(v.get(k, j)).isEqualTo(velocity[k][j]);
        assertThat(w.get(k, j)).isEqualTo(expected[k][j]);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void adamFollowsItsAlgorithm(String name, Kernels kernels, int size) {
    Operands numbers = new Operands(size);
    Blocks x = numbers.blocks(6, 19);
    Blocks g = numbers.blocks(6, size);
    Panels w = numbers.panels(19, size);
    Panels first = new Panels(19, size);
    Panels second = new Panels(19, size);
    ColumnRates rates = numbers.rates(size);
    AdamStep step = AdamStep.of(0.9, 0.999, 1e-8, 1);
    float[][] expected = new float[19][size];
    for (int k = 0; k < 19; k++) {
      for (int j = 0; j < size; j++) {
        float cost = Math.fma(rates.penalty()[j], w.get(k, j), gradient(x, g, k, j, 6));
        float m = cost * step.rest1();
        float v = cost * cost * step.rest2();
        float root = (float) Math.sqrt(v * step.correction2()) + step.epsilon();
        expected[k][j] = w.get(k, j) - rates.rate()[j] * m / root;
      }
    }

    new Updates(kernels).adam(x, 0, g, 0, 6, w, rates, 0, first, second, step);

    for (int k = 0; k < 19; k++) {
      for (int j = 0; j < size; j++) {
        assertThat(w.get(k, j)).isEqualTo(expected[k][j]);
      }
    }
  }

  private static void checkInputGradient(Kernels kernels, int n, int d, int m) {
    Operands numbers = new Operands(n + d + m);
    Blocks g = numbers.blocks(n, m, 1);
    Panels w = numbers.panels(d, m);
    Blocks below = numbers.blocks(n, d, 2);

    kernels.inputGradient(g, 1, w, below, 2, n, Kernels.newScratch(null));

    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        float sum = 0;
        for (int j = 0; j < m; j++) {
          sum = Math.fma(g.get(i, 16 + j), w.get(k, j), sum);
        }
        assertThat(below.get(i, 32 + k)).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void anInputGradientIsOneChainAnElement(String name, Kernels kernels, int size) {
    checkInputGradient(kernels, size, 33, 50);
    checkInputGradient(kernels, 10, size, 20);
    checkInputGradient(kernels, 5, 18, size);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dev.sieve.kernel.Operands#kernelsAndSizes")
  void squaresAreOneChainAColumn(String name, Kernels kernels, int size) {
    Panels w = new Operands(size).panels(45, size);
    float[] squares = new float[w.columns()];

    kernels.squares(w, squares);

    for (int j = 0; j < size; j++) {
      float sum = 0;
      for (int k = 0; k < 45; k++) {
        sum = Math.fma(w.get(k, j), w.get(k, j), sum);
      }
      assertThat(squares[j]).isEqualTo(sum);
    }
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    Blocks x = new Blocks(2, 10);
    Panels w = new Panels(48, 16);
    Blocks s = new Blocks(1, 10);

    assertThatThrownBy(() -> Kernels.best().product(x, 0, w, s, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blocks and rows must lie within 2 and 10, but got blocks 0 … 3 and 10 rows");
    assertThatThrownBy(() -> Kernels.best().product(x, 0, new Panels(32, 16), s, 0, 11))
        .hasMessageContaining("11 rows");
    assertThatThrownBy(() -> Kernels.best().product(s, 0, new Panels(16, 16), s, 0, 10))
        .hasMessageContaining("over its operand");
  }
}
