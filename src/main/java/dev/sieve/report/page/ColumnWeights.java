package dev.sieve.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How large the first layer's weights of each input of a table's network are: √(Σ w² / m) over its
 * m units, the largest first.
 *
 * @param inputs of the network; the first of them by size are in {@code names}
 */
public record ColumnWeights(int inputs, List<String> names, List<Double> sizes) {
  /** More than these are left out. */
  private static final int MOST = 30;

  public ColumnWeights {
    names = List.copyOf(names);
    sizes = List.copyOf(sizes);
  }

  /**
   * @param names d names
   * @param units m
   * @param weights d×m in row-major order
   */
  public static ColumnWeights of(List<String> names, int units, double[] weights) {
    int inputs = names.size();
    if (weights.length != (long) inputs * units) {
      throw new IllegalArgumentException(
          "weights must be inputs x units, but got %s for %s x %s"
              .formatted(weights.length, inputs, units));
    }
    double[] sizes = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      double squares = 0;
      for (int unit = 0; unit < units; unit++) {
        squares += weights[i * units + unit] * weights[i * units + unit];
      }
      sizes[i] = Math.sqrt(squares / units);
    }
    List<Integer> order =
        IntStream.range(0, inputs)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -sizes[i]))
            .limit(MOST)
            .toList();
    List<String> shown = new ArrayList<>();
    List<Double> shownSizes = new ArrayList<>();
    for (int i : order) {
      shown.add(names.get(i));
      shownSizes.add(sizes[i]);
    }
    return new ColumnWeights(inputs, shown, shownSizes);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("inputs", inputs);
    json.put("names", names);
    json.put("sizes", sizes);
    return json;
  }
}
