package dev.sieve.spark.store;

import dev.sieve.data.DataSet;
import dev.sieve.error.UserException;
import dev.sieve.random.Sha256;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.spark.table.EpochTable;
import dev.sieve.spark.table.PrunedRows;
import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.StudyTable;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.TrialRowSource;
import dev.sieve.spark.table.TrialTable;
import dev.sieve.spark.task.CheckpointFolder;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The result table as small Parquet files under one folder, read through the SQL views.
 *
 * <pre>
 * DIR/trial_rows/STUDY/FILE     DIR/studies/STUDY/lease
 * DIR/epoch_rows/STUDY/FILE     DIR/studies/STUDY/models/PHASE-LEVEL-CONFIGURATION-rREPLICATE/weights.npz
 * DIR/study_rows/STUDY/FILE     DIR/studies/STUDY/checkpoints/…: see {@link CheckpointFolder}
 * </pre>
 *
 * <p>Names of files: {@link FileName}.
 */
public final class ParquetTrialStore implements TrialStore {
  private final HistoryReader reader;
  private final String dir;
  private final String study;
  private final String engineType;
  private final DataSet data;
  private final ModelWriter models;
  private final ResultFiles files;
  private final Lease lease;
  private final StudyTables tables;
  private long commit;
  private @Nullable StudyHistory history;
  private @Nullable PlanFacts facts;

  /** What every row of a plan says of it, counted once a plan and not once a commit. */
  private record PlanFacts(PhasePlan plan, String hash, Map<String, Integer> replicates) {}

  private ParquetTrialStore(
      String dir,
      String study,
      String engineType,
      DataSet data,
      ModelWriter models,
      ResultFiles files,
      Lease lease) {
    this.reader = new HistoryReader(files, study);
    this.dir = dir;
    this.study = study;
    this.engineType = engineType;
    this.data = data;
    this.models = models;
    this.files = files;
    this.lease = lease;
    this.tables = new StudyTables(files, study);
  }

  /**
   * Opens a study's table and takes its lease.
   *
   * @throws dev.sieve.error.UserException if another driver holds the lease, or the folder cannot
   *     be written
   */
  public static ParquetTrialStore open(
      SparkSession spark, String resultsDir, String study, String engineType, DataSet data) {
    return open(spark, resultsDir, study, engineType, data, ModelWriter::weights);
  }

  static ParquetTrialStore open(
      SparkSession spark,
      String resultsDir,
      String study,
      String engineType,
      DataSet data,
      ModelWriter models) {
    // Spark's readers skip names that begin otherwise, and a slash would leave the folder.
    if (!study.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new UserException(
          "a study's name must begin with a letter or digit and consist of letters, digits, '.', '_' and '-', but got '%s': change study.name"
              .formatted(study));
    }
    String dir = ResultsDir.resolve(resultsDir);
    ResultsDir.use(spark, dir);
    try {
      ResultFiles files = new ResultFiles(spark.sparkContext().hadoopConfiguration(), dir);
      for (Table<?> table : RawTables.ALL) {
        // Spark reads a folder that is not there as empty, but logs a stack trace.
        files.makeFolder(table.name());
      }
      Lease lease = Lease.take(files, study, Clock.systemUTC());
      try {
        Leftovers.sweep(files, study);
        ParquetTrialStore store =
            new ParquetTrialStore(dir, study, engineType, data, models, files, lease);
        store.commit = store.reader.lastCommit();
        return store;
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  @Override
  public StudyHistory history() {
    tables.check();
    StudyHistory known = history;
    if (known == null) {
      try {
        known = reader.read();
      } catch (IOException e) {
        throw Storage.unreadable(dir, e);
      }
      history = known;
    }
    return known;
  }

  /** A phase's trials with their curves, by configuration and replicate. */
  public List<TrialRow> withCurves(Phase phase, int level) {
    try {
      return reader.withCurves(history().trials(phase, level)).stream()
          .sorted(
              Comparator.comparing((TrialRow row) -> row.key().configuration())
                  .thenComparing(row -> row.key().replicate()))
          .toList();
    } catch (IOException e) {
      throw Storage.unreadable(dir, e);
    }
  }

  /** Where the weights file of a row's column {@code model} is. */
  public String modelUri(String model) {
    return dir + "/" + model;
  }

  @Override
  public void commit(PhasePlan plan, List<TrialOutcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    try {
      lease.check();
      long number = commit + 1;
      writeEpochs(outcomes, number);
      List<TrialRowSource> rows = new ArrayList<>();
      PlanFacts known = facts(plan);
      for (TrialOutcome outcome : outcomes) {
        int planned = known.replicates().getOrDefault(outcome.trial().key().configuration(), 1);
        rows.add(
            new TrialRowSource(
                outcome, known.hash(), planned, engineType, data, writeModel(outcome), number));
      }
      lease.check(); // once more: a driver may stand still between two files of a commit
      List<String> keys =
          rows.stream()
              .map(row -> row.outcome().trial().key() + "|" + row.outcome().result().status())
              .toList();
      tables.write(TrialTable.TABLE, Hashes.ofSorted(keys), rows);
      written(number);
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  @Override
  public void prune(Collection<TrialKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    try {
      lease.check();
      long number = commit + 1;
      Set<TrialKey> asked = Set.copyOf(keys);
      List<Row> rows =
          reader.rungs().stream().filter(row -> asked.contains(RowMapper.rungKey(row))).toList();
      if (rows.size() != asked.size()) {
        throw new IllegalStateException(
            "%s rows must be there to be pruned, but there are %s"
                .formatted(asked.size(), rows.size()));
      }
      lease.check();
      tables.write(
          PrunedRows.table(number),
          Hashes.ofSorted(asked.stream().map(key -> key + "|" + Status.PRUNED).toList()),
          rows);
      written(number);
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  private void written(long number) {
    commit = number;
    history = null;
  }

  private PlanFacts facts(PhasePlan plan) {
    PlanFacts known = facts;
    if (known == null || known.plan() != plan) {
      Map<String, Set<Integer>> replicates = new HashMap<>();
      for (Trial trial : plan.trials()) {
        replicates
            .computeIfAbsent(trial.key().configuration(), id -> new HashSet<>())
            .add(trial.replicate());
      }
      Map<String, Integer> counts = new HashMap<>();
      replicates.forEach((configuration, all) -> counts.put(configuration, all.size()));
      known = new PlanFacts(plan, plan.hash(), counts);
      facts = known;
    }
    return known;
  }

  private void writeEpochs(List<TrialOutcome> outcomes, long number) throws IOException {
    List<EpochTable.EpochRow> rows = new ArrayList<>();
    for (TrialOutcome outcome : outcomes) {
      outcome
          .result()
          .curve()
          .forEach(row -> rows.add(new EpochTable.EpochRow(outcome.trial().key(), row, number)));
    }
    if (!rows.isEmpty()) {
      List<String> keys = rows.stream().map(row -> row.key() + "|" + row.metrics().step()).toList();
      tables.write(EpochTable.TABLE, Hashes.ofSorted(keys), rows);
    }
  }

  private TrialRowSource.@Nullable ModelFile writeModel(TrialOutcome outcome) throws IOException {
    if (outcome.result().parameters() == null) {
      return null;
    }
    Trial trial = outcome.trial();
    byte[] content = models.write(trial, outcome.result().parameters(), data);
    String path =
        "studies/%s/models/%s-%s-%s-r%s/weights.npz"
            .formatted(
                study,
                trial.key().phase().label(),
                trial.key().level(),
                trial.key().configuration(),
                trial.replicate());
    files.replace(path, content);
    return new TrialRowSource.ModelFile(path, Sha256.hex(content));
  }

  @Override
  public void save(PhaseRow record) {
    try {
      lease.check();
      tables.check(); // a phase is not done with what is left
      long number = commit + 1;
      // With the number: a phase that runs again after it was done is a new row of the same text.
      String key = record.phase().label() + "|" + record.level() + "|" + number;
      tables.write(
          StudyTable.TABLE,
          Hashes.ofSorted(List.of(key)),
          List.of(new StudyTable.StudyRow(record, number)));
      written(number);
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  /** Makes one file of each table's many, where there are more than {@code most}. */
  public void compact(int most) {
    try {
      new Compaction(files, study, lease::check).run(most);
      tables.look();
      history = null;
    } catch (IOException e) {
      throw Storage.unwritable(dir, e);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
