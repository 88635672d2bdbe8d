package dev.sieve.app.reproduce;

import dev.sieve.reproduce.CurvePoint;
import dev.sieve.reproduce.EvidenceRow;
import dev.sieve.spark.sql.Queries;
import dev.sieve.trial.ConfusionMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The reports' studies, read from the tables that users query. */
final class ReproduceTables {
  private static final List<String> FIGURES =
      List.of(
          "train_accuracy",
          "train_loss",
          "train_cost",
          "validation_accuracy",
          "validation_loss",
          "validation_cost",
          "test_accuracy",
          "test_loss",
          "test_cost");
  private static final String KEY = "study, phase, configuration, replicate";

  private final SparkSession spark;
  private final String studies;

  /**
   * @param studies names of studies
   */
  ReproduceTables(SparkSession spark, List<String> studies) {
    this.spark = spark;
    this.studies = studies.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  List<CurvePoint> points() {
    String sql =
        "SELECT %s, epoch, step, eta, %s FROM epochs WHERE study IN (%s)"
            .formatted(KEY, String.join(", ", FIGURES), studies);
    List<CurvePoint> points = new ArrayList<>();
    for (Row row : Queries.rows(spark, sql)) {
      Map<String, Double> figures = figures(row);
      if (!row.isNullAt(row.fieldIndex("eta"))) {
        figures.put("eta", row.getDouble(row.fieldIndex("eta")));
      }
      points.add(
          new CurvePoint(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getInt(3),
              row.getInt(4),
              row.getLong(5),
              figures));
    }
    return points;
  }

  /**
   * @param points whose rows of epoch 0 are the untrained networks
   */
  List<EvidenceRow> trials(List<CurvePoint> points) {
    Map<String, Map<String, Double>> untrained = new HashMap<>();
    for (CurvePoint point : points) {
      if (point.epoch() == 0) {
        Map<String, Double> figures = new HashMap<>();
        point.figures().forEach((column, value) -> figures.put("untrained_" + column, value));
        untrained.put(
            key(point.study(), point.phase(), point.configuration(), point.replicate()), figures);
      }
    }
    String sql =
        "SELECT %s, status, settings, diverged_epoch, confusion, %s FROM trials WHERE study IN (%s)"
            .formatted(KEY, String.join(", ", FIGURES), studies);
    List<EvidenceRow> trials = new ArrayList<>();
    for (Row row : Queries.rows(spark, sql)) {
      String key = key(row.getString(0), row.getString(1), row.getString(2), row.getInt(3));
      Map<String, Double> figures = figures(row);
      figures.putAll(untrained.getOrDefault(key, Map.of()));
      trials.add(
          new EvidenceRow(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getInt(3),
              row.getString(4),
              new HashMap<>(row.getJavaMap(5)),
              figures,
              row.isNullAt(6) ? null : row.getInt(6),
              confusion(row, 7)));
    }
    return trials;
  }

  private static String key(String study, String phase, String configuration, int replicate) {
    return study + "|" + phase + "|" + configuration + "|" + replicate;
  }

  private static Map<String, Double> figures(Row row) {
    Map<String, Double> figures = new HashMap<>();
    for (String column : FIGURES) {
      int index = row.fieldIndex(column);
      if (!row.isNullAt(index)) {
        figures.put(column, row.getDouble(index));
      }
    }
    return figures;
  }

  private static @Nullable ConfusionMatrix confusion(Row row, int index) {
    if (row.isNullAt(index)) {
      return null;
    }
    List<List<Integer>> counts = new ArrayList<>();
    for (scala.collection.Seq<Integer> line : row.<scala.collection.Seq<Integer>>getList(index)) {
      counts.add(scala.jdk.javaapi.CollectionConverters.asJava(line));
    }
    return new ConfusionMatrix(counts);
  }
}
