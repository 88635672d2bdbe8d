package dev.sieve.reproduce;

import dev.sieve.data.LabelledImages;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.training.gradient.GradientCheck;
import dev.sieve.training.gradient.GradientCheckOptions;
import dev.sieve.training.gradient.GradientError;
import dev.sieve.training.gradient.GradientReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reports' gradient checks, each from five seeds, on the double-precision engine: 20 images, 10
 * inputs and h = 1e-6, as the one report has it that says, and as the others are read; λ = 0 unless
 * the report says "regularisation"; hidden layers of 50 unless it says otherwise.
 */
public final class GradientChecks {
  private static final int SEEDS = 5;
  private static final int SAMPLES = 20;
  private static final int DIMENSIONS = 10;
  private static final int MORE_DIMENSIONS = 100;
  private static final double H = 1e-6;
  private static final double LAMBDA = 0.005;

  /** Epochs that make a network hot. */
  private static final int HOT = 5;

  private record Check(
      List<Integer> hidden,
      @Nullable BatchNorm norm,
      int dimensions,
      double lambda,
      int epochs,
      Initialiser weights) {}

  private static final BatchNorm AFFINE = norm(true);
  private static final BatchNorm PLAIN = norm(false);

  private static final Map<String, Check> CHECKS = checks();

  private GradientChecks() {}

  private static BatchNorm norm(boolean affine) {
    return new BatchNorm(
        BatchNorm.Placement.BEFORE_ACTIVATION,
        affine,
        1e-5,
        BatchNorm.Statistics.MOVING_AVERAGE,
        0.9,
        2);
  }

  private static Map<String, Check> checks() {
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("klayer-2-layers", he(List.of(50), null));
    checks.put("klayer-3-layers", he(List.of(50, 50), null));
    checks.put("klayer-4-layers", he(List.of(50, 50, 50), null));
    checks.put("klayer-2-layers-bn", he(List.of(50), AFFINE));
    checks.put("klayer-3-layers-bn", he(List.of(50, 50), AFFINE));
    checks.put("gradients-2-layers", he(List.of(50), null));
    checks.put("gradients-2-layers-bn", he(List.of(50), AFFINE));
    checks.put("gradients-4-layers", he(List.of(50, 50, 50), null));
    checks.put("gradients-4-layers-bn", he(List.of(50, 50, 50), AFFINE));
    Initialiser xavier = new Initialiser.Xavier(Initialiser.Xavier.Fan.IN);
    checks.put("two-layer", new Check(List.of(50), null, MORE_DIMENSIONS, 0, 0, xavier));
    // Xavier by the output size, batch norm without gamma and beta, as that report has them.
    checks.put("momentum-2-layers", momentum(List.of(50), null, LAMBDA, 0));
    checks.put("momentum-2-layers-bn", momentum(List.of(50), PLAIN, 0, 0));
    checks.put("momentum-3-layers-bn", momentum(List.of(50, 30), PLAIN, 0, 0));
    checks.put("momentum-4-layers-bn", momentum(List.of(50, 30, 20), PLAIN, 0, 0));
    checks.put("momentum-3-layers-bn-hot", momentum(List.of(50, 30), PLAIN, 0, HOT));
    checks.put("momentum-4-layers-bn-hot", momentum(List.of(50, 30, 20), PLAIN, 0, HOT));
    checks.put("eta-2-layers", he(List.of(50), AFFINE));
    checks.put("eta-3-layers", he(List.of(50, 30), AFFINE));
    return checks;
  }

  private static Check he(List<Integer> hidden, @Nullable BatchNorm norm) {
    return new Check(hidden, norm, DIMENSIONS, 0, 0, new Initialiser.He());
  }

  private static Check momentum(
      List<Integer> hidden, @Nullable BatchNorm norm, double lambda, int epochs) {
    Initialiser xavier = new Initialiser.Xavier(Initialiser.Xavier.Fan.OUT);
    return new Check(hidden, norm, DIMENSIONS, lambda, epochs, xavier);
  }

  /** Every check's name. */
  static List<String> names() {
    return List.copyOf(CHECKS.keySet());
  }

  /**
   * Runs one check from every seed, on all cores.
   *
   * @param images at least 20
   */
  public static List<CheckRow> run(String name, LabelledImages images) {
    Check check = CHECKS.get(name);
    if (check == null) {
      throw new IllegalArgumentException("a gradient check must be one of " + names());
    }
    List<List<CheckRow>> seeds =
        IntStream.rangeClosed(1, SEEDS)
            .parallel()
            .mapToObj(seed -> rows(name, seed, report(check, seed, images)))
            .toList();
    List<CheckRow> rows = new ArrayList<>();
    seeds.forEach(rows::addAll);
    return rows;
  }

  private static GradientReport report(Check check, long seed, LabelledImages images) {
    GradientCheckOptions options =
        new GradientCheckOptions(
            SAMPLES,
            check.dimensions(),
            H,
            check.lambda(),
            check.hidden(),
            check.norm(),
            check.weights(),
            check.epochs(),
            seed,
            GradientCheckOptions.DEFAULT_THRESHOLD);
    return new GradientCheck(Engines.byType("reference")).run(options, images);
  }

  private static List<CheckRow> rows(String name, long seed, GradientReport report) {
    return report.rows().stream()
        .map(
            row -> {
              Map<String, Double> measures = new LinkedHashMap<>();
              put(measures, "centred ", row.centred());
              put(measures, "finite ", row.finite());
              return new CheckRow(name, seed, row.parameter(), measures);
            })
        .toList();
  }

  private static void put(Map<String, Double> measures, String kind, GradientError error) {
    measures.put(kind + "maximum", error.maximum());
    measures.put(kind + "share", error.share());
    measures.put(kind + "norms", error.norms());
    measures.put(kind + "elements", error.elements());
    measures.put(kind + "relative", error.relative());
    measures.put(kind + "distance", error.distance());
  }
}
