package dev.sieve.training.gradient;

import dev.sieve.network.Parameters;
import org.ejml.data.DMatrixRMaj;

/** FiniteDifferences of the cost, one element after the other, against analytic gradients. */
final class FiniteDifferences {
  private final CostFunction cost;
  private final Parameters parameters;
  private final double h;
  private final CostFunction.Value base;

  /**
   * @param parameters written to while a row is made, and put back
   */
  FiniteDifferences(CostFunction cost, Parameters parameters, double h) {
    this.cost = cost;
    this.parameters = parameters;
    this.h = h;
    this.base = cost.at(parameters);
  }

  /**
   * One row of the report.
   *
   * @param values a matrix of the parameters, itself and not a copy
   */
  GradientReport.Row row(String name, DMatrixRMaj values, DMatrixRMaj analytic) {
    GradientError.Sum centred = new GradientError.Sum();
    GradientError.Sum finite = new GradientError.Sum();
    int kinks = 0;
    for (int i = 0; i < values.getNumElements(); i++) {
      double value = values.data[i];
      double up = value + h;
      double down = value - h;
      CostFunction.Value above = at(values, i, up);
      CostFunction.Value below = at(values, i, down);
      values.data[i] = value;
      if (!above.sides().equals(base.sides()) || !below.sides().equals(base.sides())) {
        kinks++;
        continue;
      }
      // The steps as they were taken: value ± h is rounded.
      centred.add(analytic.data[i], (above.cost() - below.cost()) / (up - down));
      finite.add(analytic.data[i], (above.cost() - base.cost()) / (up - value));
    }
    return new GradientReport.Row(name, centred.count(), kinks, centred.error(), finite.error());
  }

  private CostFunction.Value at(DMatrixRMaj values, int element, double value) {
    values.data[element] = value;
    return cost.at(parameters);
  }
}
