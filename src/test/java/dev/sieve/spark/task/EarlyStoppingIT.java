package dev.sieve.spark.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.search.Study;
import dev.sieve.search.StudyListener;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialStore;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Halving of real trainings through Spark, files and checkpoints. */
@Timeout(300)
final class EarlyStoppingIT {
  private static final DataSet DATA = SyntheticImages.dataSet(300, 20);

  /** Cycles of one and two epochs, a rung at the end of each. */
  private static final String STUDY =
      """
      study.name = early
      data { source = synthetic, train = 200, validation = 100 }
      network { hidden = [8], init.weights = he }
      training { batch-size = 20, schedule { type = cyclical, cycles = [1, 2] } }
      coarse {
        sampler = grid
        replicates = 2
        rungs { type = halving, keep = [2] }
        space { lambda { log10 = [-4, -1], points = 2 }, eta { log10 = [-2, -0.5], points = 3 } }
      }
      """;

  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path folder;

  @Test
  void survivorsAreBitForBitTheTrialsThatNeverPaused() throws Exception {
    Path stopped = folder.resolve("stopped");
    Path whole = folder.resolve("whole");
    run(stopped, Integer.MAX_VALUE);
    run(whole, Integer.MAX_VALUE, "coarse.rungs=null");

    assertThat(count(stopped, "status = 'done' AND rung = 1 AND epochs = 3")).isEqualTo(2 * 2);
    assertThat(count(stopped, "status = 'pruned' AND rung = 0 AND epochs = 1")).isEqualTo(4 * 2);
    assertThat(count(whole, "status = 'done'")).isEqualTo(6 * 2);
    List<String> survivors = rows(stopped, "SELECT * FROM trials WHERE rung = 1", "rung", "plan");
    assertThat(rows(whole, "SELECT * FROM trials", "rung", "plan")).containsAll(survivors);
    List<String> curves = rows(stopped, "SELECT * FROM epochs", "rung");
    assertThat(curves).hasSize(12 * 2 + 4 * 2);
    assertThat(rows(whole, "SELECT * FROM epochs", "rung")).containsAll(curves);
    assertThat(checkpoints(stopped)).isEmpty();
    at(stopped);
    assertThat(
            spark
                .sql("SELECT status FROM leaderboard WHERE phase = 'coarse' ORDER BY rank")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("done", "done", "pruned", "pruned", "pruned", "pruned");
  }

  @Test
  void aStudyThatDiedGoesOnToTheSameTable() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    int decision = run(undisturbed, Integer.MAX_VALUE);
    List<String> expected = table(undisturbed);
    // After some first rungs, and when those who were stopped had their rows.
    for (int write : new int[] {2, decision}) {
      Path results = folder.resolve("died-" + write);
      assertThatThrownBy(() -> run(results, write)).hasMessage("died");
      run(results, Integer.MAX_VALUE);
      assertThat(table(results)).as("died after write %s", write).isEqualTo(expected);
      assertThat(checkpoints(results)).isEmpty();
    }
  }

  /** Runs the study; the number of the write in which it stopped trials. */
  private int run(Path results, int dieAfter, String... overrides) throws Exception {
    Path file = folder.resolve("study.conf");
    Files.writeString(file, STUDY, UTF_8);
    Experiment experiment = Experiment.load(file, List.of(overrides));
    StudyDefinition definition = experiment.definition(DATA.name(), DATA.fingerprint());
    try (ParquetTrialStore store =
            ParquetTrialStore.open(spark, results.toString(), "early", "vector", DATA);
        SparkTrialExecutor executor =
            new SparkTrialExecutor(
                spark, DATA, "vector", experiment.search(), results.toString())) {
      Mortal mortal = new Mortal(store, dieAfter);
      assertThat(new Study(definition, mortal, executor, new Quiet()).run(Phase.COARSE))
          .isEqualTo(Study.Ending.DONE);
      return mortal.decision;
    }
  }

  private void at(Path results) {
    spark.conf().set(ResultsDir.SETTING, ResultsDir.resolve(results.toString()));
  }

  private long count(Path results, String where) {
    at(results);
    return spark.sql("SELECT * FROM trials WHERE " + where).count();
  }

  private List<String> table(Path results) {
    List<String> table = new ArrayList<>(rows(results, "SELECT * FROM trials"));
    table.addAll(rows(results, "SELECT * FROM epochs"));
    return table;
  }

  /** Rows without what is the machine's, and without some columns. */
  private List<String> rows(Path results, String sql, String... without) {
    at(results);
    Dataset<Row> rows = spark.sql(sql).drop(without);
    String[] machine =
        Arrays.stream(rows.columns()).filter(c -> c.startsWith("run_")).toArray(String[]::new);
    return rows.drop(machine).toJSON().collectAsList().stream().sorted().toList();
  }

  private static List<Path> checkpoints(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results.resolve("studies"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("rung"))
          .toList();
    }
  }

  /** Dies once a given write is durable. */
  private static final class Mortal implements TrialStore {
    private final TrialStore store;
    private final int dieAfter;
    private int writes;
    private int decision;

    Mortal(TrialStore store, int dieAfter) {
      this.store = store;
      this.dieAfter = dieAfter;
    }

    private void wrote() {
      if (++writes == dieAfter) {
        throw new IllegalStateException("died");
      }
    }

    @Override
    public void commit(PhasePlan plan, List<TrialOutcome> outcomes) {
      store.commit(plan, outcomes);
      wrote();
    }

    @Override
    public void prune(Collection<TrialKey> keys) {
      store.prune(keys);
      decision = writes + 1;
      wrote();
    }

    @Override
    public void save(PhaseRow record) {
      store.save(record);
      wrote();
    }

    @Override
    public StudyHistory history() {
      return store.history();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class Quiet implements StudyListener {
    @Override
    public void started(PhasePlan plan, int finished) {}

    @Override
    public void finished(PhasePlan plan, TrialOutcome outcome) {}

    @Override
    public void tick() {}

    @Override
    public void ended(PhasePlan plan, PhaseRow record) {}

    @Override
    public void note(String line) {}
  }
}
