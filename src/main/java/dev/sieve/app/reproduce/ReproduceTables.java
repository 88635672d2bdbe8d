package dev.sieve.app.reproduce;

import dev.sieve.reproduce.CurvePoint;
import dev.sieve.reproduce.EvidenceRow;
import dev.sieve.search.results.TrialRow;
import dev.sieve.spark.store.ReportReader;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reports' studies as the tables have them. */
final class ReproduceTables {
  private final List<TrialRow> rows;

  /**
   * @param studies names of studies
   */
  ReproduceTables(ReportReader reader, List<String> studies) {
    this.rows = studies.stream().flatMap(name -> reader.read(name).trials().stream()).toList();
  }

  List<CurvePoint> points() {
    List<CurvePoint> points = new ArrayList<>();
    for (TrialRow row : rows) {
      for (EpochMetrics epoch : row.result().curve()) {
        Map<String, Double> figures = figures(epoch);
        put(figures, "eta", epoch.eta());
        points.add(
            new CurvePoint(
                row.key().study(),
                row.key().phase().label(),
                row.key().configuration(),
                row.key().replicate(),
                epoch.epoch(),
                epoch.step(),
                figures));
      }
    }
    return points;
  }

  /** Trials; rows of epoch 0 are the untrained networks. */
  List<EvidenceRow> trials() {
    List<EvidenceRow> trials = new ArrayList<>();
    for (TrialRow row : rows) {
      TrialResult result = row.result();
      Map<String, Double> figures = new HashMap<>();
      put(figures, "train", result.train());
      put(figures, "validation", result.validation());
      put(figures, "test", result.test());
      for (EpochMetrics epoch : result.curve()) {
        if (epoch.epoch() == 0) {
          figures(epoch).forEach((column, value) -> figures.put("untrained_" + column, value));
        }
      }
      trials.add(
          new EvidenceRow(
              row.key().study(),
              row.key().phase().label(),
              row.key().configuration(),
              row.key().replicate(),
              row.status().label(),
              row.settings(),
              figures,
              result.divergedEpoch(),
              result.confusion()));
    }
    return trials;
  }

  private static Map<String, Double> figures(EpochMetrics epoch) {
    Map<String, Double> figures = new HashMap<>();
    put(figures, "train", epoch.train());
    put(figures, "validation", epoch.validation());
    put(figures, "test", epoch.test());
    return figures;
  }

  private static void put(Map<String, Double> figures, String set, @Nullable Metrics metrics) {
    if (metrics != null) {
      put(figures, set + "_accuracy", metrics.accuracy());
      put(figures, set + "_loss", metrics.loss());
      put(figures, set + "_cost", metrics.cost());
    }
  }

  private static void put(Map<String, Double> figures, String column, double value) {
    if (!Double.isNaN(value)) {
      figures.put(column, value);
    }
  }
}
