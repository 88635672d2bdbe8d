package dev.sieve.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG: axes with round ticks, lines with a band from least to largest. */
final class LineChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 270;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 30;
  private static final int BOTTOM = 40;
  private static final int TICKS = 5;
  private static final String[] COLOURS = {"#2563eb", "#dc2626", "#059669", "#9333ea", "#d97706"};

  /** One abscissa of a line. */
  record Point(double x, double y, double low, double high) {}

  /** A named line. */
  record Line(String name, List<Point> points) {
    Line {
      points = List.copyOf(points);
    }
  }

  /** A closed range that holds something. */
  record Range(double low, double high) {
    Range {
      if (!(low < high)) {
        double half = Math.max(1e-9, Math.abs(low) * 0.05);
        high = low + half;
        low = low - half;
      }
    }

    double share(double value) {
      return (value - low) / (high - low);
    }
  }

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Line> lines;

  LineChart(String title, String xLabel, String yLabel, List<Line> lines) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.lines = List.copyOf(lines);
  }

  /** The values that the chart would show; null without any. */
  static @org.jspecify.annotations.Nullable Range range(List<LineChart> charts) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (LineChart chart : charts) {
      for (Line line : chart.lines) {
        for (Point point : line.points()) {
          low = Math.min(low, point.low());
          high = Math.max(high, point.high());
        }
      }
    }
    return low <= high ? new Range(low, high) : null;
  }

  /** The chart with this range of values; they are cut off outside. */
  String svg(Range y) {
    double right =
        lines.stream().flatMap(l -> l.points().stream()).mapToDouble(Point::x).max().orElse(1);
    Range x = new Range(0, right);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Html.escape(title)));
    svg.append(text(WIDTH / 2.0, 16, "middle", "title", title));
    axes(svg, x, y);
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), COLOURS[i % COLOURS.length], x, y);
      legend(svg, lines.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg, Range x, Range y) {
    for (double tick : ticks(y)) {
      double at = py(y, tick);
      svg.append(
          "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
              .formatted(LEFT, WIDTH - RIGHT, number(at), number(at)));
      svg.append(text(LEFT - 5, at + 4, "end", "tick", tickText(tick)));
    }
    for (double tick : ticks(x)) {
      svg.append(text(px(x, tick), HEIGHT - BOTTOM + 15, "middle", "tick", tickText(tick)));
    }
    svg.append(
        "<path class=\"axis\" d=\"M%s %sV%sH%s\"/>"
            .formatted(LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT));
    svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "label", xLabel));
    svg.append(text(4, TOP - 8, "start", "label", yLabel));
  }

  private static void line(StringBuilder svg, Line line, String colour, Range x, Range y) {
    if (line.points().isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    StringBuilder band = new StringBuilder();
    List<String> back = new ArrayList<>();
    for (Point point : line.points()) {
      String at = number(px(x, point.x()));
      String command = path.length() == 0 ? "M" : "L";
      path.append(command).append(at).append(' ').append(number(py(y, point.y())));
      band.append(command).append(at).append(' ').append(number(py(y, point.high())));
      back.add(0, "L" + at + " " + number(py(y, point.low())));
    }
    svg.append(
        "<path class=\"band\" fill=\"%s\" d=\"%s%sZ\"/>"
            .formatted(colour, band, String.join("", back)));
    svg.append("<path class=\"line\" stroke=\"%s\" d=\"%s\"/>".formatted(colour, path));
  }

  private static void legend(StringBuilder svg, Line line, int index) {
    int at = LEFT + 70 + index * 95;
    svg.append(
        "<rect x=\"%s\" y=\"%s\" width=\"10\" height=\"3\" fill=\"%s\"/>"
            .formatted(at, TOP - 12, COLOURS[index % COLOURS.length]));
    svg.append(text(at + 14, TOP - 8, "start", "tick", line.name()));
  }

  private static double px(Range x, double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double py(Range y, double value) {
    double share = Math.max(0, Math.min(1, y.share(value)));
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  /** Round numbers within a range: 1, 2 or 5 times a power of ten apart. */
  static List<Double> ticks(Range range) {
    double rough = (range.high() - range.low()) / TICKS;
    double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(rough)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= rough) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(range.low() / step - 1e-9);
        i * step <= range.high() * (1 + 1e-12);
        i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static String tickText(double value) {
    return dev.sieve.report.Numbers.brief(value);
  }

  private static String text(double x, double y, String anchor, String style, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>"
        .formatted(number(x), number(y), anchor, style, Html.escape(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
