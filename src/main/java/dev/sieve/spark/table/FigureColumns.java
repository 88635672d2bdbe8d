package dev.sieve.spark.table;

import dev.sieve.trial.Metrics;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Accuracy, loss and cost on one set of images. */
final class FigureColumns {
  private FigureColumns() {}

  /**
   * @param set prefix of the columns: {@code train}
   * @param where what the figures were measured on, for the comments
   */
  static <R> List<Column<R>> of(String set, String where, Function<R, @Nullable Metrics> figures) {
    return List.of(
        column(
            set + "_accuracy",
            "Fraction of images classified correctly: " + where,
            figures,
            Metrics::accuracy),
        column(set + "_loss", "Mean cross-entropy in nats: " + where, figures, Metrics::loss),
        column(set + "_cost", "Loss + λ ΣW²: " + where, figures, Metrics::cost));
  }

  private static <R> Column<R> column(
      String name,
      String comment,
      Function<R, @Nullable Metrics> figures,
      Function<Metrics, Double> part) {
    return new Column<>(
        name,
        ColumnType.REAL,
        comment,
        row -> {
          Metrics measured = figures.apply(row);
          return measured == null ? null : part.apply(measured);
        });
  }
}
