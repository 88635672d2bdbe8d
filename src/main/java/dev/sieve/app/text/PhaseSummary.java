package dev.sieve.app.text;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.report.ComparisonText;
import dev.sieve.report.ConfusionText;
import dev.sieve.report.FinalText;
import dev.sieve.report.LeaderboardText;
import dev.sieve.search.Study;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Space;
import dev.sieve.search.stats.PairedComparison;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.Phase;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last words of a phase, on standard output: leaderboard, final figures, where the tables are.
 */
public final class PhaseSummary {
  private static final int TOP = 5;

  private final ParquetTrialStore store;
  private final Experiment experiment;
  private final DataSet data;
  private final PrintWriter out;

  public PhaseSummary(
      ParquetTrialStore store, Experiment experiment, DataSet data, PrintWriter out) {
    this.store = store;
    this.experiment = experiment;
    this.data = data;
    this.out = out;
  }

  /** What a phase came to, however it ended. */
  public void ended(Phase phase, Study.Ending ending) {
    out.println();
    if (ending == Study.Ending.INTERRUPTED) {
      // Whoever stops a study wants it to end, not to query its tables.
      out.println("stopped; the same command goes on from here");
      out.flush();
      return;
    }
    if (phase == Phase.FINAL) {
      finalFigures();
    } else {
      leaderboard(phase);
    }
    switch (ending) {
      case DONE, INTERRUPTED -> {}
      case OUT_OF_TIME ->
          out.println(
              "stopped: the wall-clock budget of this run is used up; the same command goes on from here");
      case FAILING ->
          out.println(
              "stopped: too many trials failed in a row; SELECT trial, status, reason FROM failures");
      case STUCK ->
          out.println(
              "stopped: no executor takes work, as said above; once one does, the same command goes on from here");
      case LOST ->
          out.println(
              "stopped: trials were lost with their executors or their storage; the same command trains them again, with --accept-lost it goes on without them; SELECT trial, reason FROM failures WHERE status = 'lost'");
      case WITHOUT_VALID_TRIAL ->
          out.println(
              "every trial ended, but none with a figure; SELECT trial, status, diverged_epoch FROM trials");
    }
    out.flush();
  }

  /** Where to look further. */
  public void whereTheTablesAre() {
    out.println();
    out.println("tables: " + experiment.resultsDir() + "  (study " + experiment.study() + ")");
    out.println(
        "  "
            + Submit.script("query")
            + " --results "
            + Submit.quoted(experiment.resultsDir())
            + " --study "
            + experiment.study()
            + " --top 3");
    out.flush();
  }

  private void leaderboard(Phase phase) {
    int level = level(phase);
    List<LeaderboardRow> rows = store.history().ranking(phase, level);
    if (rows.isEmpty()) {
      return;
    }
    out.println("leaderboard of " + phase.label() + (level > 1 ? " " + level : ""));
    LeaderboardText.lines(rows, axes(), TOP, Terminal.width()).forEach(out::println);
  }

  private void finalFigures() {
    finalists();
    for (FinalFigures.Entry entry : FinalFigures.entries(store.withCurves(Phase.FINAL, 0))) {
      out.println(
          "final training of configuration " + entry.configuration() + entry.coordinates(axes()));
      FinalText.lines(entry.untrained(), entry.trained(), Terminal.width()).forEach(out::println);
      FinalFigures.Best best = entry.best();
      if (best != null) {
        out.println();
        out.printf(
            "confusion on the %s %s, replicate %s (best validation accuracy)%n",
            entry.trained().get(0).test() == null ? "validation" : "test",
            data.examples(),
            best.replicate());
        ConfusionText.lines(best.confusion(), data.classNames(), Terminal.width())
            .forEach(out::println);
        out.println("weights: " + store.modelUri(best.model()));
      }
    }
  }

  /** Of several finalists the first two; of one, what it was picked before. */
  private void finalists() {
    StudyHistory history = store.history();
    PairedComparison found = PairedComparison.of(history, Phase.FINAL, 0);
    FinalSpec last = experiment.last();
    boolean named = last != null && (last.trial() != null || last.configuration() != null);
    if (found == null && !named) {
      for (PhaseRow record : history.phases()) {
        // In order: the last one is the one that final picked from.
        if (record.phase() != Phase.FINAL && record.state() == PhaseRow.State.DONE) {
          found = PairedComparison.of(history, record.phase(), record.level());
        }
      }
    }
    if (found != null) {
      ComparisonText.lines(found).forEach(out::println);
      out.println();
    }
  }

  /** The newest level of a phase. */
  private int level(Phase phase) {
    int level = 0;
    for (PhaseRow record : store.history().phases()) {
      level = record.phase() == phase ? Math.max(level, record.level()) : level;
    }
    return level;
  }

  private List<Axis> axes() {
    @Nullable CoarseSpec coarse = experiment.coarse();
    @Nullable FineSpec fine = experiment.fine();
    @Nullable Space space = coarse != null ? coarse.space() : fine != null ? fine.space() : null;
    return space == null ? List.of() : space.axes();
  }
}
