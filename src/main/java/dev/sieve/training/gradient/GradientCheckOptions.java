package dev.sieve.training.gradient;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a gradient check is made on.
 *
 * @param samples images of the checked batch, ≥ 2
 * @param dimensions inputs: the first so many pixels of each image, ≥ 1
 * @param h step of the differences, > 0
 * @param lambda λ ≥ 0 of the cost
 * @param hidden widths of the hidden layers
 * @param batchNorm null for none
 * @param weights how weights start; biases start as normals of deviation 0.01
 * @param epochs epochs trained before the check, ≥ 0
 * @param seed of the images chosen and the weights
 * @param threshold largest element-wise relative error that passes
 */
public record GradientCheckOptions(
    int samples,
    int dimensions,
    double h,
    double lambda,
    List<Integer> hidden,
    @Nullable BatchNorm batchNorm,
    Initialiser weights,
    int epochs,
    long seed,
    double threshold) {
  /** The step that balances truncation (∝ h²) against rounding (∝ 1/h) in double precision. */
  public static final double DEFAULT_H = 1e-5;

  /** Correct gradients stay well below it at {@link #DEFAULT_H}, wrong ones do not. */
  public static final double DEFAULT_THRESHOLD = 1e-6;

  public GradientCheckOptions {
    hidden = List.copyOf(hidden);
    require(samples >= 2, "samples >= 2", samples);
    require(dimensions >= 1, "dimensions >= 1", dimensions);
    require(h > 0 && Double.isFinite(h), "h > 0", h);
    require(lambda >= 0 && Double.isFinite(lambda), "lambda >= 0", lambda);
    require(epochs >= 0, "epochs >= 0", epochs);
    require(threshold > 0 && Double.isFinite(threshold), "threshold > 0", threshold);
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + " must hold, but got " + value);
    }
  }

  /** One line for the head of a report. */
  String text() {
    String normalised =
        batchNorm == null
            ? "no batch norm"
            : "batch norm %s%s, epsilon %s"
                .formatted(
                    batchNorm.placement().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    batchNorm.affine() ? " with gamma and beta" : "",
                    batchNorm.epsilon());
    return "%s images of %s inputs, hidden %s, %s, lambda %s, h %s, %s epochs trained, seed %s"
        .formatted(samples, dimensions, hidden, normalised, lambda, h, epochs, seed);
  }
}
