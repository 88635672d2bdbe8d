package dev.sieve.spark;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.PhaseRow.State;
import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialRowSource;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Results folders of many trials, with as many settings as a real one has. */
public final class LargeTable {
  private static final int TRIALS_A_COMMIT = 8;

  private LargeTable() {}

  /**
   * Writes studies of configurations with four replicates each.
   *
   * @param studies among which the trials are divided evenly
   * @param commit rows of a file at most
   */
  static void write(Path dir, int studies, int trials, int commit) throws IOException {
    Draws draws = Seed.of(1, "large-table").draws();
    int each = trials / studies;
    for (int study = 0; study < studies; study++) {
      List<TrialRowSource> rows = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        rows.add(row("study-" + study, i, 0.1 + 0.4 * draws.nextDouble(), 1 + i / commit));
        if (rows.size() == commit || i == each - 1) {
          write(dir, "trial_rows/study-%s/%s".formatted(study, i), TrialTable.TABLE, rows);
          rows.clear();
        }
      }
    }
  }

  /**
   * Writes one coarse phase that has ended, with learning curves, in as many files as a study
   * leaves that was never compacted.
   */
  public static void writeStudy(Path dir, String study, int trials, int epochs) throws IOException {
    Draws draws = Seed.of(1, "large-study").draws();
    PhaseRow phase =
        new PhaseRow(
            study, Phase.COARSE, 0, "plan", new TreeMap<>(), trials, State.DONE, "", "", "text");
    write(
        dir,
        "study_rows/%s/0".formatted(study),
        StudyTable.TABLE,
        List.of(new StudyTable.StudyRow(phase, trials)));
    List<TrialRowSource> rows = new ArrayList<>();
    List<EpochTable.EpochRow> curves = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      TrialRowSource row = row(study, i, 0.1 + 0.4 * draws.nextDouble(), 1 + i / TRIALS_A_COMMIT);
      rows.add(row);
      for (int epoch = 0; epoch <= epochs; epoch++) {
        Metrics figures = new Metrics(0.1 + 0.3 * draws.nextDouble(), 1.5, 1.75);
        EpochMetrics metrics =
            new EpochMetrics(epoch, 10L * epoch, 0.1, figures, figures, null, false);
        curves.add(new EpochTable.EpochRow(row.outcome().trial().key(), metrics, row.commit()));
      }
      if (rows.size() == TRIALS_A_COMMIT || i == trials - 1) {
        write(dir, "trial_rows/%s/%s".formatted(study, i), TrialTable.TABLE, rows);
        write(dir, "epoch_rows/%s/%s".formatted(study, i), EpochTable.TABLE, curves);
        rows.clear();
        curves.clear();
      }
    }
  }

  private static <R> void write(Path dir, String name, Table<R> table, List<R> rows)
      throws IOException {
    Path file = dir.resolve(name + ".parquet");
    Files.createDirectories(file.getParent());
    Files.write(file, table.file(rows));
  }

  private static TrialRowSource row(String study, int ordinal, double accuracy, long commit) {
    Trial small = Fixtures.trial(ordinal, ordinal % 4, 1e-5 * (1 + ordinal / 4));
    TrialSettings settings = small.settings();
    TreeMap<String, String> texts = new TreeMap<>(settings.settings());
    for (int i = 0; i < 30; i++) {
      texts.put("section.of-settings.number-" + i, Integer.toString(i * ordinal % 7));
    }
    TrialKey key = small.key();
    Trial trial =
        new Trial(
            new TrialKey(
                study, key.phase(), key.level(), key.configuration(), key.replicate(), key.rung()),
            ordinal,
            small.configuration(),
            new TrialSettings(
                settings.network(), settings.training(), settings.data(), false, false, texts),
            1);
    Metrics figures = new Metrics(accuracy, 1.5, 1.75);
    TrialResult result =
        new TrialResult(
            Status.DONE, 100, 10, figures, figures, null, List.of(), null, null, null, null);
    return new TrialRowSource(
        new TrialOutcome(trial, result, Fixtures.RUN),
        "plan",
        4,
        "vector",
        Fixtures.data(),
        null,
        commit);
  }
}
