package dev.sieve.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.Locales;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.data.synthetic.SyntheticImages;
import dev.sieve.search.Study;
import dev.sieve.search.StudyListener;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.spark.store.ResultsDir;
import dev.sieve.spark.task.SparkTrialExecutor;
import dev.sieve.trial.Phase;
import dev.sieve.trial.TrialOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One study, trained and stored, on machines of five places: the same rows in the same files. */
@Timeout(300)
final class LocalesIT {
  private static final DataSet DATA = SyntheticImages.dataSet(300, 20);

  private static final String STUDY =
      """
      study.name = Istanbul
      data { source = synthetic, train = 200, validation = 100 }
      network { hidden = [8], init.weights = he }
      training { batch-size = 20, schedule { type = cyclical, cycles = [1, 2] } }
      coarse {
        sampler = random, configurations = 4, replicates = 2
        rungs { type = halving, keep = [2] }
        space { lambda { log10 = [-4, -1] }, eta { values = [0.01, 0.05, 0.3] } }
      }
      fine { top = 2, sampler = sobol, configurations = 4, rungs.type = none }
      final { replicates = 1 }
      """;

  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path folder;

  @Test
  void oneStudyUnderFiveLocales() throws Exception {
    List<String> expected = Locales.under("en-US", () -> run(folder.resolve("en-US")));
    assertThat(expected).hasSizeGreaterThan(30);
    for (String tag : Locales.TAGS) {
      assertThat(Locales.under(tag, () -> run(folder.resolve(tag)))).as(tag).isEqualTo(expected);
    }
  }

  /** Rows without what is the machine's, plans, and names of files without their checksums. */
  private List<String> run(Path results) throws Exception {
    Path file = Files.writeString(folder.resolve("study.conf"), STUDY, UTF_8);
    Experiment experiment = Experiment.load(file, List.of());
    StudyDefinition definition = experiment.definition(DATA.name(), DATA.fingerprint());
    try (ParquetTrialStore store =
            ParquetTrialStore.open(spark, results.toString(), "Istanbul", "vector", DATA);
        SparkTrialExecutor executor =
            new SparkTrialExecutor(
                spark, DATA, "vector", experiment.search(), results.toString())) {
      Study study = new Study(definition, store, executor, new Quiet());
      for (Phase phase : Phase.values()) {
        assertThat(study.run(phase)).isEqualTo(Study.Ending.DONE);
      }
    }
    spark.conf().set(ResultsDir.SETTING, ResultsDir.resolve(results.toString()));
    List<String> lines = new ArrayList<>();
    for (String view : List.of("trials", "epochs", "leaderboard", "best", "studies")) {
      Dataset<Row> rows = spark.table(view);
      String[] machine =
          Arrays.stream(rows.columns()).filter(c -> c.startsWith("run_")).toArray(String[]::new);
      rows.drop(machine).toJSON().collectAsList().forEach(row -> lines.add(view + " " + row));
    }
    try (Stream<Path> files = Files.walk(results.resolve("studies"))) {
      files.map(path -> results.relativize(path).toString()).forEach(lines::add);
    }
    return lines.stream().map(line -> line.replace(results.toString(), "")).sorted().toList();
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
