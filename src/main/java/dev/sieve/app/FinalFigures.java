package dev.sieve.app;

import dev.sieve.report.FinalText.Measured;
import dev.sieve.report.Numbers;
import dev.sieve.search.Axis;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The final phase's figures, read from the tables that users query. */
final class FinalFigures {
  private final SparkSession spark;
  private final String study;

  FinalFigures(SparkSession spark, String study) {
    this.spark = spark;
    this.study = study;
  }

  /** The replicate with the best validation accuracy, the first of equals. */
  record Best(int replicate, double validationAccuracy, ConfusionMatrix confusion, String model) {}

  /** One configuration's replicates. */
  record Entry(
      String configuration,
      Map<String, String> settings,
      List<Measured> untrained,
      List<Measured> trained,
      @Nullable Best best) {
    /** {@code : lambda 0.005, eta 0.1}; nothing without axes. */
    String coordinates(List<Axis> axes) {
      List<String> texts = new ArrayList<>();
      for (Axis axis : axes) {
        String value = settings.get(axis.path());
        if (value != null) {
          texts.add(axis.label() + " " + brief(value));
        }
      }
      return texts.isEmpty() ? "" : ": " + String.join(", ", texts);
    }

    private static String brief(String value) {
      try {
        return Numbers.brief(Double.parseDouble(value));
      } catch (NumberFormatException e) {
        return value;
      }
    }
  }

  List<Entry> entries() {
    List<Row> trained =
        spark
            .sql(
                """
                SELECT configuration, replicate, train_accuracy, train_loss, train_cost,
                  validation_accuracy, validation_loss, validation_cost, test_accuracy, test_loss, test_cost,
                  confusion, model, settings
                FROM trials WHERE study = '%s' AND phase = 'final' AND status = 'done'
                ORDER BY configuration, replicate"""
                    .formatted(study))
            .collectAsList();
    List<Row> untrained =
        spark
            .sql(
                """
                SELECT configuration, replicate, train_accuracy, train_loss, train_cost,
                  validation_accuracy, validation_loss, validation_cost, test_accuracy, test_loss, test_cost
                FROM epochs WHERE study = '%s' AND phase = 'final' AND epoch = 0
                ORDER BY configuration, replicate"""
                    .formatted(study))
            .collectAsList();
    Map<String, List<Row>> byConfiguration = new LinkedHashMap<>();
    trained.forEach(
        row -> byConfiguration.computeIfAbsent(row.getString(0), id -> new ArrayList<>()).add(row));
    List<Entry> entries = new ArrayList<>();
    byConfiguration.forEach(
        (id, rows) -> {
          List<Measured> before =
              untrained.stream()
                  .filter(row -> row.getString(0).equals(id))
                  .map(FinalFigures::measured)
                  .toList();
          List<Measured> after = rows.stream().map(FinalFigures::measured).toList();
          entries.add(new Entry(id, rows.get(0).getJavaMap(13), before, after, best(rows)));
        });
    return entries;
  }

  private static @Nullable Best best(List<Row> rows) {
    Best best = null;
    for (Row row : rows) {
      double accuracy = row.getDouble(5);
      if (!row.isNullAt(11)
          && !row.isNullAt(12)
          && (best == null || accuracy > best.validationAccuracy())) {
        best = new Best(row.getInt(1), accuracy, confusion(row), row.getString(12));
      }
    }
    return best;
  }

  private static ConfusionMatrix confusion(Row row) {
    List<List<Integer>> counts = new ArrayList<>();
    for (scala.collection.Seq<Integer> line : row.<scala.collection.Seq<Integer>>getList(11)) {
      counts.add(scala.jdk.javaapi.CollectionConverters.asJava(line));
    }
    return new ConfusionMatrix(counts);
  }

  private static Measured measured(Row row) {
    Figures train = new Figures(row.getDouble(2), row.getDouble(3), row.getDouble(4));
    Figures validation = new Figures(row.getDouble(5), row.getDouble(6), row.getDouble(7));
    Figures test =
        row.isNullAt(8) ? null : new Figures(row.getDouble(8), row.getDouble(9), row.getDouble(10));
    return new Measured(train, validation, test);
  }
}
