package dev.sieve.spark;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.trial.Figures;
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
final class LargeTable {
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
      List<TrialRow> rows = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        rows.add(row("study-" + study, i, 0.1 + 0.4 * draws.nextDouble(), 1 + i / commit));
        if (rows.size() == commit || i == each - 1) {
          Path file = dir.resolve("trial_rows/study-%d/%d.parquet".formatted(study, i));
          Files.createDirectories(file.getParent());
          Files.write(file, TrialTable.TABLE.file(rows));
          rows.clear();
        }
      }
    }
  }

  private static TrialRow row(String study, int ordinal, double accuracy, long commit) {
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
    Figures figures = new Figures(accuracy, 1.5, 1.75);
    TrialResult result =
        new TrialResult(
            Status.DONE, 100, 10, figures, figures, null, List.of(), null, null, null, null);
    return new TrialRow(
        new TrialOutcome(trial, result, Fixtures.RUN),
        "plan",
        4,
        "vector",
        Fixtures.data(),
        null,
        commit);
  }
}
