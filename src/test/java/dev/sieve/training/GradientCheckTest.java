package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.engine.Engines;
import dev.sieve.engine.TestTrials;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.Initialiser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {
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
            .run(options(layers, batchNorm, epochs), TestTrials.images(300, 12, 3));

    assertThat(report.passed()).as(report.text()).isTrue();
    assertThat(report.rows())
        .hasSize(2 * layers + (batchNorm != null && batchNorm.affine() ? 2 * (layers - 1) : 0));
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
