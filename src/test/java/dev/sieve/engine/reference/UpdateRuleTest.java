package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.trial.Optimiser;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class UpdateRuleTest {
  private static final double ETA = 0.1;

  /** One element, started at 1, after a step for each gradient. */
  private static double after(Optimiser optimiser, double... gradients) {
    UpdateRule rule = UpdateRule.of(optimiser);
    Parameter parameter =
        new Parameter(new DMatrixRMaj(new double[][] {{1}}), new DMatrixRMaj(1, 1));
    for (double gradient : gradients) {
      parameter.gradient().set(0, 0, gradient);
      rule.update(parameter, ETA);
    }
    return parameter.value().get(0, 0);
  }

  @Test
  void gradientDescentGoesDownTheGradient() {
    assertThat(after(new Optimiser.Sgd(), 2, -4)).isCloseTo(1 - 0.2 + 0.4, within(1e-15));
  }

  @Test
  void momentumKeepsAShareOfTheLastStep() {
    // v = 0.2, then 0.5·0.2 − 0.4 = −0.3, then 0.5·(−0.3) + 0.1 = −0.05
    assertThat(after(new Optimiser.Momentum(0.5), 2, -4, 1))
        .isCloseTo(1 - 0.2 + 0.3 + 0.05, within(1e-15));
  }

  @Test
  void momentumOfZeroIsGradientDescent() {
    assertThat(after(new Optimiser.Momentum(0), 2, -4, 1))
        .isEqualTo(after(new Optimiser.Sgd(), 2, -4, 1));
  }

  @Test
  void adamFollowsItsAlgorithmStepByStep() {
    Optimiser adam = new Optimiser.Adam(0.9, 0.999, 1e-8);

    // t = 1: m̂ = g, v̂ = g², so the step is η whatever the gradient's size.
    assertThat(after(adam, 2)).isCloseTo(1 - 0.1, within(1e-9));
    assertThat(after(adam, 2e-3)).isCloseTo(1 - 0.1, within(1e-6));
    // t = 2: m = 0.9·0.2 − 0.1·4 = −0.22, v = 0.999·0.004 + 0.001·16 = 0.019996
    double second = (-0.22 / (1 - 0.81)) / (Math.sqrt(0.019996 / (1 - 0.998001)) + 1e-8);
    assertThat(after(adam, 2, -4)).isCloseTo(1 - 0.1 - 0.1 * second, within(1e-9));
    // t = 3: m = 0.9·(−0.22) + 0.1 = −0.098, v = 0.999·0.019996 + 0.001 = 0.020976004
    double third = (-0.098 / (1 - 0.729)) / (Math.sqrt(0.020976004 / (1 - 0.997002999)) + 1e-8);
    assertThat(after(adam, 2, -4, 1)).isCloseTo(1 - 0.1 - 0.1 * second - 0.1 * third, within(1e-9));
  }
}
