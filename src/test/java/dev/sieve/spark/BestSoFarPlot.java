package dev.sieve.spark;

import dev.sieve.spark.BestSoFar.Mean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Best validation accuracy so far against epochs spent, as an SVG file of its own: a step line for
 * each method with a band of one standard error to both sides, and its name where it ends. Its
 * ground is its own, light or dark as the reader's system is.
 */
final class BestSoFarPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 58;
  private static final int RIGHT = 78;
  private static final int TOP = 34;
  private static final int BOTTOM = 48;

  /** Names closer than this would run into each other. */
  private static final double LINE_HEIGHT = 15;

  private static final double NAME_WIDTH = 55;

  /** From here on all that is drawn is within the scale; before, lines may rise into it. */
  private static final int IN_SCALE = 30;

  private static final double[] EPOCHS = {10, 20, 30, 50, 100, 200, 300, 540};
  private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10};

  /** Of similar lightness, told apart on a white and on a black ground. */
  private static final String[] COLOURS = {
    "#8a8f98", "#d1690b", "#b39b00", "#2f9e44", "#1c86d1", "#a855f7", "#e0457b"
  };

  private static final String STYLE =
      """
      <style>
      .ground{fill:#fff}.ink{fill:#24292f}.soft{fill:#57606a}.grid{stroke:#d8dee4}
      .halo{stroke:#fff;stroke-width:3;paint-order:stroke}
      .mean{fill:none;stroke-width:2;stroke-linejoin:round}.band{opacity:.14}
      text{font:12px system-ui,sans-serif}.name{font-weight:600}
      @media (prefers-color-scheme:dark){
      .ground{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9198a1}.grid{stroke:#30363d}
      .halo{stroke:#0d1117}.band{opacity:.22}}
      </style>
      """;

  private final List<BestSoFar> curves;
  private final double right;
  private final double low;
  private final double high;

  /**
   * @param curves at least one, each with a point
   */
  BestSoFarPlot(List<BestSoFar> curves) {
    this.curves = List.copyOf(curves);
    this.right = curves.stream().mapToLong(BestSoFar::end).max().orElseThrow();
    double least = 1;
    double most = 0;
    for (BestSoFar curve : curves) {
      for (long epochs : curve.changes()) {
        Mean mean = at(curve, epochs);
        most = Math.max(most, mean.value() + mean.error());
        least = epochs < IN_SCALE ? least : Math.min(least, mean.value() - mean.error());
      }
    }
    // In points, with some air.
    this.low = 100 * least - 0.3;
    this.high = 100 * most + 0.3;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Best validation accuracy so far against epochs spent, by method\">\n",
            WIDTH, HEIGHT));
    svg.append(STYLE);
    svg.append(
        format("<rect class=\"ground\" width=\"%s\" height=\"%s\" rx=\"6\"/>\n", WIDTH, HEIGHT));
    svg.append(
        format(
            "<clipPath id=\"field\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/></clipPath>\n",
            LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM));
    axes(svg);
    svg.append("<g clip-path=\"url(#field)\">\n");
    for (int i = 0; i < curves.size(); i++) {
      line(svg, curves.get(i), COLOURS[i % COLOURS.length]);
    }
    svg.append("</g>\n");
    names(svg);
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg) {
    double step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && (high - low) / STEPS[i] <= 9; i--) {
      step = STEPS[i];
    }
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      double at = y(i * step / 100);
      svg.append(format("<path class=\"grid\" d=\"M%s %.1fH%s\"/>\n", LEFT, at, WIDTH - RIGHT));
      text(svg, LEFT - 6, at + 4, "end", "soft", format(step < 1 ? "%.1f" : "%.0f", i * step));
    }
    for (double epochs : EPOCHS) {
      if (epochs <= right) {
        svg.append(format("<path class=\"grid\" d=\"M%.1f %sv5\"/>\n", x(epochs), HEIGHT - BOTTOM));
        text(svg, x(epochs), HEIGHT - BOTTOM + 18, "middle", "soft", format("%.0f", epochs));
      }
    }
    text(svg, 8, 20, "start", "ink", "Best validation accuracy so far, %");
    text(
        svg,
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 10,
        "middle",
        "ink",
        "Epochs spent by the whole search (logarithmic)");
  }

  private void line(StringBuilder svg, BestSoFar curve, String colour) {
    List<String> mean = new ArrayList<>();
    List<String> above = new ArrayList<>();
    List<String> below = new ArrayList<>();
    Mean last = null;
    for (long epochs : curve.changes()) {
      Mean now = at(curve, epochs);
      if (now.equals(last)) {
        continue;
      }
      double x = x(epochs);
      step(mean, x, y(now.value()), last == null);
      step(above, x, y(now.value() + now.error()), last == null);
      below.add(0, format("V%.1fH%.1f", y(now.value() - now.error()), x));
      last = now;
    }
    double end = x(curve.end());
    svg.append(
        format(
            "<path class=\"band\" fill=\"%s\" d=\"%sH%.1f%sZ\"/>\n",
            colour, String.join("", above), end, String.join("", below)));
    svg.append(
        format(
            "<path class=\"mean\" stroke=\"%s\" d=\"%sH%.1f\"/>\n",
            colour, String.join("", mean), end));
  }

  private static void step(List<String> path, double x, double y, boolean first) {
    path.add(first ? format("M%.1f %.1f", x, y) : format("H%.1fV%.1f", x, y));
  }

  /** At the ends of the lines, from the top down, none over another. */
  private void names(StringBuilder svg) {
    List<BestSoFar> fromTop = new ArrayList<>(curves);
    fromTop.sort(Comparator.comparingDouble(this::endOf));
    List<double[]> placed = new ArrayList<>();
    for (BestSoFar curve : fromTop) {
      double x = x(curve.end()) + 6;
      double y = endOf(curve);
      for (double[] other : placed) {
        boolean beside = Math.abs(other[0] - x) > NAME_WIDTH;
        y = beside ? y : Math.max(y, other[1] + LINE_HEIGHT);
      }
      placed.add(new double[] {x, y});
      svg.append(
          format(
              "<text class=\"name halo\" fill=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
              COLOURS[curves.indexOf(curve) % COLOURS.length], x, y + 4, curve.method()));
    }
  }

  private double endOf(BestSoFar curve) {
    return y(at(curve, curve.end()).value());
  }

  private static Mean at(BestSoFar curve, double epochs) {
    Mean mean = curve.at(epochs);
    if (mean == null) {
      throw new IllegalArgumentException(curve.method() + " must have a figure to be drawn");
    }
    return mean;
  }

  private double x(double epochs) {
    double share =
        StrictMath.log(Math.max(epochs, EPOCHS[0]) / EPOCHS[0]) / StrictMath.log(right / EPOCHS[0]);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  /** Of a fraction. */
  private double y(double accuracy) {
    double share = (100 * accuracy - low) / (high - low);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String style, String text) {
    svg.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style, x, y, anchor, text));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
