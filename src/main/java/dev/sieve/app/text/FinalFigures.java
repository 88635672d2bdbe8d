package dev.sieve.app.text;

import dev.sieve.report.FinalText.Measured;
import dev.sieve.report.Numbers;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.space.Axis;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The final phase's figures, by the rows that users query. */
final class FinalFigures {
  private FinalFigures() {}

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

  /**
   * Configurations with trained replicates, by id.
   *
   * @param trials all of the phase, by configuration and replicate
   */
  static List<Entry> entries(List<TrialRow> trials) {
    Map<String, List<TrialRow>> trained = new TreeMap<>();
    Map<String, List<Measured>> untrained = new TreeMap<>();
    for (TrialRow trial : trials) {
      String configuration = trial.key().configuration();
      TrialResult result = trial.result();
      if (result.status() == Status.DONE) {
        trained.computeIfAbsent(configuration, id -> new ArrayList<>()).add(trial);
      }
      for (EpochMetrics row : result.curve()) {
        if (row.epoch() == 0) {
          untrained
              .computeIfAbsent(configuration, id -> new ArrayList<>())
              .add(new Measured(row.train(), row.validation(), row.test()));
        }
      }
    }
    List<Entry> entries = new ArrayList<>();
    trained.forEach(
        (id, records) ->
            entries.add(
                new Entry(
                    id,
                    records.get(0).settings(),
                    untrained.getOrDefault(id, List.of()),
                    records.stream().map(FinalFigures::measured).toList(),
                    best(records))));
    return entries;
  }

  private static Measured measured(TrialRow record) {
    TrialResult result = record.result();
    return new Measured(
        Objects.requireNonNull(result.train()),
        Objects.requireNonNull(result.validation()),
        result.test());
  }

  private static @Nullable Best best(List<TrialRow> records) {
    Best best = null;
    for (TrialRow record : records) {
      Double accuracy = record.validationAccuracy();
      ConfusionMatrix confusion = record.result().confusion();
      String model = record.model();
      if (accuracy != null
          && confusion != null
          && model != null
          && (best == null || accuracy > best.validationAccuracy())) {
        best = new Best(record.key().replicate(), accuracy, confusion, model);
      }
    }
    return best;
  }
}
