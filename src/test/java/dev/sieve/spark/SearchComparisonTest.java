package dev.sieve.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.BestSoFar.Mean;
import dev.sieve.spark.BestSoFar.Point;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.TrialRowSource;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison's arithmetic, on tables made by hand. */
final class SearchComparisonTest {
  private static final double[] LAMBDAS = {0.5, 0.25, 0.125};

  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void whatIsFoundIsJudgedByTheFinalOfTheFullSearch() throws IOException {
    study(
        "compare-full-1",
        2,
        row(0, 0, 0, 20, 0.48, Status.DONE, 1),
        row(1, 0, 0, 20, 0.53, Status.DONE, 1),
        last(1, 0, 0.50),
        last(1, 1, 0.52));
    study(
        "compare-halving-1",
        2,
        row(0, 0, 0, 2, 0.30, Status.PAUSED, 1),
        row(1, 0, 0, 2, 0.20, Status.PAUSED, 1),
        // A trial that stops has two rows of one key, but spent its epochs once.
        row(1, 0, 0, 2, 0.20, Status.PRUNED, 2),
        row(0, 0, 1, 20, 0.45, Status.DONE, 3),
        last(0, 0, 0.49),
        last(0, 1, 0.50));
    // There is no full search to judge it by.
    study("compare-halving-2", 1, row(0, 0, 0, 2, 0.30, Status.DONE, 1), last(0, 0, 0.40));
    assertThat(new SearchComparison(spark).picks())
        .isEqualTo(
            """
            | search | epochs | of the full search | falls short by, points | each seed | on test images |
            |---|---|---|---|---|---|
            | `halving` | 22 | 55 % | 1.50 ± 0.00 | 1.50 | 0.75 ± 0.00 |
            """);
  }

  @Test
  void curvesFollowTheOrderInWhichEpochsWereSpent() throws IOException {
    study(
        "small-halving-1",
        1,
        row(0, 0, 0, 2, 0.30, Status.PAUSED, 1),
        row(2, 0, 0, 2, 0.20, Status.PAUSED, 1),
        row(0, 0, 1, 10, 0.45, Status.DONE, 2));
    study(
        "small-asha-1",
        1,
        row(1, 0, 0, 2, 0.30, Status.PAUSED, 1),
        row(1, 0, 1, 10, 0.25, Status.DONE, 2),
        row(0, 0, 0, 2, 0.40, Status.PAUSED, 3));
    // The commits say when outcomes arrived; a sampler without rungs is told in trial order.
    study(
        "small-tpe-1",
        1,
        row(1, 0, 0, 10, 0.50, Status.DONE, 1),
        row(0, 0, 0, 4, Double.NaN, Status.DIVERGED, 2));
    save("small-grid-1", PhaseRow.State.RUNNING);
    List<BestSoFar> curves = new SearchComparison(spark).curves();
    assertThat(curves).extracting(BestSoFar::method).containsExactly("tpe", "halving", "asha");
    assertThat(curves)
        .extracting(curve -> curve.studies().get(0))
        .containsExactly(
            List.of(new Point(14, 0.50)),
            List.of(new Point(2, 0.30), new Point(4, 0.30), new Point(12, 0.45)),
            List.of(new Point(2, 0.30), new Point(10, 0.30), new Point(12, 0.40)));
    assertThat(new SearchComparison(spark).unfinished()).containsExactly("small-grid-1");
  }

  @Test
  void meansAreOverSeedsAndStartWithTheLastOfThem() {
    BestSoFar curve =
        new BestSoFar(
            "tpe",
            List.of(
                List.of(new Point(20, 0.40), new Point(40, 0.50)),
                List.of(new Point(25, 0.42), new Point(60, 0.44))));
    assertThat(curve.at(24)).isNull();
    assertMean(curve.at(25), 0.41, 0.01);
    assertMean(curve.at(59.9), 0.46, 0.04);
    assertThat(curve.changes()).containsExactly(25L, 40L, 60L);
    assertThat(SearchComparison.table(List.of(curve)))
        .contains(
            "| `tpe` | 41.00 ± 1.00 | 47.00 ± 3.00 | – | – | – | – | – | 47.00 ± 3.00 (60) | 2 |");
  }

  private static void assertMean(@Nullable Mean mean, double value, double error) {
    Mean given = Objects.requireNonNull(mean);
    assertThat(given.value()).isCloseTo(value, offset(1e-12));
    assertThat(given.error()).isCloseTo(error, offset(1e-12));
  }

  @Test
  void thePlotIsAFileOfItsOwn() {
    List<BestSoFar> curves = new ArrayList<>();
    for (String method : List.of("grid", "sobol", "halving")) {
      List<List<Point>> studies = new ArrayList<>();
      for (int seed = 0; seed < 5; seed++) {
        List<Point> points = new ArrayList<>();
        for (int trial = 1; trial <= (method.equals("halving") ? 5 : 27); trial++) {
          points.add(new Point(20L * trial, 0.5 - 0.1 / (trial + seed)));
        }
        studies.add(points);
      }
      curves.add(new BestSoFar(method, studies));
    }
    String svg = new BestSoFarPlot(curves).svg();
    assertThat(svg)
        .contains("Epochs spent", "accuracy so far, %", ">grid<", ">sobol<", ">halving<");
    assertThat(svg).doesNotContain("NaN").hasSizeLessThan(60_000);
  }

  private record Ended(int trial, TrialOutcome outcome, long commit) {}

  private static Ended row(
      int configuration,
      int replicate,
      int rung,
      int epochs,
      double accuracy,
      Status status,
      long commit) {
    Metrics figures = status == Status.DIVERGED ? null : new Metrics(accuracy, 1, 1);
    return row(Phase.COARSE, configuration, replicate, rung, epochs, figures, null, status, commit);
  }

  /** Of a final, half as accurate on test images. */
  private static Ended last(int configuration, int replicate, double accuracy) {
    Metrics figures = new Metrics(accuracy, 1, 1);
    Metrics test = new Metrics(accuracy / 2, 1, 1);
    return row(Phase.FINAL, configuration, replicate, 0, 20, figures, test, Status.DONE, 9);
  }

  private static Ended row(
      Phase phase,
      int configuration,
      int replicate,
      int rung,
      int epochs,
      @Nullable Metrics figures,
      @Nullable Metrics test,
      Status status,
      long commit) {
    int ordinal = configuration * 2 + replicate;
    Trial trial = Fixtures.trial(phase, 0, ordinal, replicate, LAMBDAS[configuration], rung);
    TrialResult result =
        new TrialResult(
            status, epochs, epochs, figures, figures, test, List.of(), null, null, null, null);
    return new Ended(ordinal, new TrialOutcome(trial, result, Fixtures.RUN), commit);
  }

  private void study(String name, int replicates, Ended... rows) throws IOException {
    List<TrialRowSource> all = new ArrayList<>();
    for (Ended row : rows) {
      Trial trial = row.outcome().trial();
      TrialKey key = trial.key();
      Trial named =
          new Trial(
              new TrialKey(name, key.phase(), 0, key.configuration(), key.replicate(), key.rung()),
              row.trial(),
              trial.configuration(),
              trial.settings(),
              trial.seed(),
              trial.stage());
      TrialOutcome outcome = new TrialOutcome(named, row.outcome().result(), row.outcome().run());
      all.add(
          new TrialRowSource(
              outcome, "plan", replicates, "vector", Fixtures.data(), null, row.commit()));
    }
    write(TrialTable.TABLE.name(), name, TrialTable.TABLE.file(all));
    save(name, PhaseRow.State.DONE);
  }

  private void save(String name, PhaseRow.State state) throws IOException {
    PhaseRow record =
        new PhaseRow(name, Phase.COARSE, 0, "plan", new TreeMap<>(), 1, state, "", "", "");
    write(
        StudyTable.TABLE.name(),
        name,
        StudyTable.TABLE.file(List.of(new StudyTable.StudyRow(record, 1))));
    Files.createDirectories(dir.resolve("epoch_rows"));
    spark.conf().set(ResultsDir.SETTING, dir.toString());
  }

  private void write(String table, String study, byte[] content) throws IOException {
    Path file = dir.resolve(table).resolve(study).resolve("rows.parquet");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
