package dev.sieve.data.synthetic;

import dev.sieve.random.Draws;

/**
 * A shape filled with a texture at a place, a size and an angle of its own.
 *
 * @param label the class: shape = label mod 5 (disc, ring, square, cross, triangle), texture =
 *     label / 5 (bars across, stripes along)
 * @param x centre in pixels
 * @param y centre in pixels
 * @param cosine of the angle, divided by the radius
 * @param sine of the angle, divided by the radius
 */
record SyntheticFigure(int label, double x, double y, double cosine, double sine) {
  private static final int SHAPES = 5;
  private static final int SIDE = 32;
  private static final double RADIUS = 12;

  /** Bars a radius. */
  private static final double FREQUENCY = 2;

  /** A bar is 1, the ground between bars this. */
  private static final double GROUND = -0.4;

  /** A figure of class {@code label}, up to a pixel off centre, 10 % off size and 6° off angle. */
  static SyntheticFigure drawn(int label, Draws draws) {
    double centre = (SIDE - 1) / 2.0;
    double x = centre + around(1, draws);
    double y = centre + around(1, draws);
    double radius = RADIUS * (1 + around(0.1, draws));
    double angle = around(0.1, draws);
    return new SyntheticFigure(
        label, x, y, StrictMath.cos(angle) / radius, StrictMath.sin(angle) / radius);
  }

  /**
   * Draws it: 0 outside the shape.
   *
   * @param out Modified: 32 × 32 values, row by row
   */
  void render(double[] out) {
    boolean across = label < SHAPES;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double dx = column - x;
        double dy = row - y;
        double u = dx * cosine + dy * sine;
        double v = dy * cosine - dx * sine;
        double value = 0;
        if (covers(u, v)) {
          long bar = (long) Math.floor((across ? v : u) * FREQUENCY);
          value = (bar & 1) == 0 ? 1 : GROUND;
        }
        out[row * SIDE + column] = value;
      }
    }
  }

  /** Whether the shape covers a point; (0, 0) is its centre, 1 its radius. */
  private boolean covers(double u, double v) {
    double width = Math.abs(u);
    double height = Math.abs(v);
    double square = u * u + v * v;
    return switch (label % SHAPES) {
      case 0 -> square < 1;
      case 1 -> square > 0.4 && square < 1.1;
      case 2 -> Math.max(width, height) < 0.85;
      case 3 -> Math.min(width, height) < 0.38 && Math.max(width, height) < 1.1;
      default -> v < 0.8 && v > 1.9 * width - 1;
    };
  }

  private static double around(double most, Draws draws) {
    return most * (2 * draws.nextDouble() - 1);
  }
}
