package dev.sieve.training.gradient;

/**
 * How far analytic gradients a are from numerical ones n, over the elements of one matrix: the
 * measures that published checks use, side by side.
 *
 * @param maximum max |a − n|
 * @param share fraction of elements with |a − n| < {@value #SMALL}
 * @param norms ‖a − n‖ / max({@value #NORM_FLOOR}, ‖a‖ + ‖n‖)
 * @param elements max of |a − n| / max({@value #ELEMENT_FLOOR}, |a| + |n|): the one that is judged
 * @param relative max of |a − n| / (|a| + |n|), without a floor: 1 where a gradient is truly 0
 * @param distance ‖a − n‖, Euclidean
 * @param analytic a of the element with the largest {@code elements}
 * @param numerical n of that element
 */
public record GradientError(
    double maximum,
    double share,
    double norms,
    double elements,
    double relative,
    double distance,
    double analytic,
    double numerical) {
  static final double SMALL = 1e-6;
  static final double NORM_FLOOR = 1e-5;
  static final double ELEMENT_FLOOR = 1e-3;

  /** Takes in one element after the other; a NaN makes every measure NaN but {@code share}. */
  public static final class Sum {
    private int count;
    private int small;
    private double maximum;
    private double elements;
    private double relatives;
    private double analyticSquares;
    private double numericalSquares;
    private double differenceSquares;
    private double worstAnalytic;
    private double worstNumerical;

    public void add(double analytic, double numerical) {
      double difference = Math.abs(analytic - numerical);
      double scale = Math.max(ELEMENT_FLOOR, Math.abs(analytic) + Math.abs(numerical));
      double relative = difference / scale;
      double plain = difference == 0 ? 0 : difference / (Math.abs(analytic) + Math.abs(numerical));
      relatives = Math.max(relatives, plain);
      if (relative > elements || (Double.isNaN(relative) && !Double.isNaN(elements))) {
        worstAnalytic = analytic;
        worstNumerical = numerical;
      }
      count++;
      small += difference < SMALL ? 1 : 0;
      maximum = Math.max(maximum, difference);
      elements = Math.max(elements, relative);
      analyticSquares += analytic * analytic;
      numericalSquares += numerical * numerical;
      differenceSquares += difference * difference;
    }

    int count() {
      return count;
    }

    public GradientError error() {
      double distance = Math.sqrt(differenceSquares);
      double norms = Math.sqrt(analyticSquares) + Math.sqrt(numericalSquares);
      return new GradientError(
          maximum,
          count == 0 ? 0 : (double) small / count,
          distance / Math.max(NORM_FLOOR, norms),
          elements,
          relatives,
          distance,
          worstAnalytic,
          worstNumerical);
    }
  }
}
