package dev.sieve.spark;

import dev.sieve.trial.Figures;
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
  static <R> List<Column<R>> of(String set, String where, Function<R, @Nullable Figures> figures) {
    return List.of(
        column(
            set + "_accuracy",
            "Fraction of images classified correctly: " + where,
            figures,
            Figures::accuracy),
        column(set + "_loss", "Mean cross-entropy in nats: " + where, figures, Figures::loss),
        column(set + "_cost", "Loss + λ ΣW²: " + where, figures, Figures::cost));
  }

  private static <R> Column<R> column(
      String name,
      String comment,
      Function<R, @Nullable Figures> figures,
      Function<Figures, Double> part) {
    return new Column<>(
        name,
        ColumnType.REAL,
        comment,
        row -> {
          Figures measured = figures.apply(row);
          return measured == null ? null : part.apply(measured);
        });
  }
}
