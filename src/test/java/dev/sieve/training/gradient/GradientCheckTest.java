package dev.sieve.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.LabelledImages;
import dev.sieve.engine.FormulaGradients.Mistake;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {
  private static final LabelledImages IMAGES = TestTrials.images(300, 12, 3);

  /** Layers × batch norm × epochs trained before. */
  static Stream<Arguments> networks() {
    List<@Nullable BatchNorm> norms = new ArrayList<>();
    norms.add(null);
    for (Placement placement : Placement.values()) {
      norms.add(TestTrials.batchNorm(placement, true));
      norms.add(TestTrials.batchNorm(placement, false));
    }
    return Stream.of(1, 2, 3, 4, 9)
        .flatMap(
            layers ->
                norms.stream()
                    .flatMap(
                        norm -> Stream.of(0, 2).map(epochs -> Arguments.of(layers, norm, epochs))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseOfTheCost(int layers, @Nullable BatchNorm batchNorm, int epochs) {
    GradientReport report =
        new GradientCheck(Engines.byType("reference"))
            .run(options(layers, batchNorm, epochs), IMAGES);

    assertThat(report.passed()).as(report.text()).isTrue();
    assertThat(report.rows())
        .hasSize(2 * layers + (batchNorm != null && batchNorm.affine() ? 2 * (layers - 1) : 0));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(Mistake.values())
        .filter(mistake -> mistake != Mistake.NONE)
        .flatMap(
            mistake ->
                Stream.of(Placement.values()).map(placement -> Arguments.of(mistake, placement)));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsFound(Mistake mistake, Placement placement) {
    GradientReport report =
        new GradientCheck(new MistakenEngine(mistake))
            .run(options(3, TestTrials.batchNorm(placement, true), 2), IMAGES);

    assertThat(report.passed()).as(report.text()).isFalse();
    assertThat(report.text()).contains("FAILED", "analytic", "numerical");
  }

  @Test
  void theFormulasWithoutAMistakePass() {
    GradientReport report =
        new GradientCheck(new MistakenEngine(Mistake.NONE))
            .run(options(3, TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true), 2), IMAGES);

    assertThat(report.passed()).as(report.text()).isTrue();
  }

  @Test
  void elementsAtAKinkAreLeftOutAndCounted() {
    GradientCheckOptions wide =
        new GradientCheckOptions(
            15, 10, 0.05, 0, List.of(8), null, new Initialiser.He(), 0, 5, 1e-6);

    GradientReport report = new GradientCheck(Engines.byType("reference")).run(wide, IMAGES);

    GradientReport.Row first = report.rows().get(0);
    assertThat(first.kinks()).isPositive();
    assertThat(first.checked() + first.kinks()).isEqualTo(10 * 8);
  }

  @Test
  void aRowThatIsMostlyAtKinksDoesNotPass() {
    GradientError exact = new GradientError.Sum().error();

    assertThat(new GradientReport.Row("b1", 0, 0, exact, exact).passes(1e-6)).isFalse();
    assertThat(new GradientReport.Row("b1", 3, 4, exact, exact).passes(1e-6)).isFalse();
    assertThat(new GradientReport.Row("b1", 4, 4, exact, exact).passes(1e-6)).isTrue();
  }

  @Test
  void aNanNeverPasses() {
    GradientError.Sum sum = new GradientError.Sum();
    sum.add(Double.NaN, 1);
    sum.add(1, 1);

    assertThat(new GradientReport.Row("W1", 2, 0, sum.error(), sum.error()).passes(1e-6)).isFalse();
    assertThat(sum.error().analytic()).isNaN();
  }

  @Test
  void theMeasuresAreTheirFormulas() {
    GradientError.Sum sum = new GradientError.Sum();
    sum.add(3, 3 + 5e-7);
    sum.add(4, 4.5);

    GradientError error = sum.error();

    assertThat(error.maximum()).isEqualTo(0.5);
    assertThat(error.share()).isEqualTo(0.5);
    assertThat(error.elements()).isCloseTo(0.5 / 8.5, within(1e-12));
    assertThat(error.distance()).isCloseTo(0.5, within(1e-9));
    assertThat(error.norms())
        .isCloseTo(0.5 / (5 + Math.sqrt(Math.pow(3 + 5e-7, 2) + 4.5 * 4.5)), within(1e-9));
    assertThat(error.numerical()).isEqualTo(4.5);
  }

  @Test
  void moreSamplesThanImagesAreRefused() {
    assertThatThrownBy(
            () ->
                new GradientCheck(Engines.byType("reference"))
                    .run(options(2, null, 0), TestTrials.images(14, 12, 3)))
        .hasMessage("samples <= 14 images must hold, but got samples=15");
  }

  static GradientCheckOptions options(int layers, @Nullable BatchNorm batchNorm, int epochs) {
    List<Integer> hidden = Collections.nCopies(layers - 1, 8);
    return new GradientCheckOptions(
        15,
        10,
        GradientCheckOptions.DEFAULT_H,
        0.01,
        hidden,
        batchNorm,
        new Initialiser.He(),
        epochs,
        5,
        GradientCheckOptions.DEFAULT_THRESHOLD);
  }
}
