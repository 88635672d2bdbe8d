package dev.sieve.training.gradient;

import java.util.List;
import java.util.Locale;

/** What a gradient check found, a row for each W, b, γ and β. */
public record GradientReport(GradientCheckOptions options, List<Row> rows) {
  public GradientReport {
    rows = List.copyOf(rows);
  }

  /**
   * One parameter matrix.
   *
   * @param parameter {@code W1}, {@code b1}, {@code gamma1}, {@code beta1}, {@code W2} …
   * @param checked elements compared
   * @param kinks elements left out: an input of a ReLU changes its sign within the step, and a
   *     difference across a kink is no derivative
   */
  public record Row(
      String parameter, int checked, int kinks, GradientError centred, GradientError finite) {
    /**
     * Centred differences are judged, by element. A row most of whose elements are left out shows
     * nothing.
     */
    boolean passes(double threshold) {
      return checked > 0 && checked >= kinks && centred.elements() <= threshold;
    }
  }

  /** Whether every row meets the threshold. */
  public boolean passed() {
    return rows.stream().allMatch(row -> row.passes(options.threshold()));
  }

  /** A table, the pairs of values that are too far apart, and the verdict. */
  public String text() {
    StringBuilder text = new StringBuilder("Gradient check: " + options.text() + "\n\n");
    text.append(
        "%-27s%-52s%s%n".formatted("", "centred differences (element is judged)", "finite"));
    text.append("parameter  checked  kinks").append(HEAD).append(" |").append(HEAD).append('\n');
    for (Row row : rows) {
      text.append("%-9s %8s %6s".formatted(row.parameter(), row.checked(), row.kinks()))
          .append(figures(row.centred()))
          .append(" |")
          .append(figures(row.finite()))
          .append('\n');
    }
    rows.stream()
        .filter(row -> !row.passes(options.threshold()))
        .forEach(row -> text.append(complaint(row)));
    return text.append('\n').append(verdict()).toString();
  }

  private static final String HEAD = "   element     norms   max abs  < 1e-6  distance";

  private static String figures(GradientError error) {
    return String.format(
        Locale.ROOT,
        "  %8.2e  %8.2e  %8.2e  %5.1f%%  %8.2e",
        error.elements(),
        error.norms(),
        error.maximum(),
        100 * error.share(),
        error.distance());
  }

  private static String complaint(Row row) {
    if (row.checked() == 0 || row.checked() < row.kinks()) {
      return "%n%s: %s of %s elements lie at a kink: lower h or start from larger weights"
          .formatted(row.parameter(), row.kinks(), row.checked() + row.kinks());
    }
    GradientError error = row.centred();
    return String.format(
        Locale.ROOT,
        "%n%s: analytic %.9e, numerical %.9e, difference %.3e",
        row.parameter(),
        error.analytic(),
        error.numerical(),
        Math.abs(error.analytic() - error.numerical()));
  }

  private String verdict() {
    String rule = "every element of centred differences within " + options.threshold();
    return passed() ? "passed: " + rule + "\n" : "FAILED: not " + rule + "\n";
  }
}
