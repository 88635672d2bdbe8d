package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.error.UserException;
import dev.sieve.search.PhasePlan;
import dev.sieve.search.PhaseRecord;
import dev.sieve.search.Ranked;
import dev.sieve.search.StoredTrial;
import dev.sieve.search.TrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
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
 * DIR/trial_rows/STUDY/HASH.parquet     DIR/studies/STUDY/lease
 * DIR/epoch_rows/STUDY/HASH.parquet     DIR/studies/STUDY/models/PHASE-LEVEL-CONFIGURATION-rREPLICATE/weights.npz
 * DIR/study_rows/STUDY/HASH.parquet     DIR/studies/STUDY/checkpoints/…: see {@link CheckpointFolder}
 * </pre>
 */
public final class ParquetTrialStore implements TrialStore {
  private final StudyReader reader;
  private final String dir;
  private final String study;
  private final String engineType;
  private final DataSet data;
  private final ModelWriter models;
  private final ResultFiles files;
  private final Lease lease;
  private long commit;
  private @Nullable PlanFacts facts;

  /** What every row of a plan says of it, counted once a plan and not once a commit. */
  private record PlanFacts(PhasePlan plan, String hash, Map<String, Integer> replicates) {}

  private ParquetTrialStore(
      SparkSession spark,
      String dir,
      String study,
      String engineType,
      DataSet data,
      ModelWriter models,
      ResultFiles files,
      Lease lease) {
    this.reader = new StudyReader(spark, dir, study);
    this.dir = dir;
    this.study = study;
    this.engineType = engineType;
    this.data = data;
    this.models = models;
    this.files = files;
    this.lease = lease;
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
    String dir = ResultFiles.resolve(resultsDir);
    try {
      ResultFiles files = new ResultFiles(spark.sparkContext().hadoopConfiguration(), dir);
      for (Table<?> table : CatalogEntries.TABLES) {
        // Spark reads a folder that is not there as empty, but logs a stack trace.
        files.makeFolder(table.name());
      }
      Lease lease = Lease.take(files, study, Clock.systemUTC());
      ParquetTrialStore store =
          new ParquetTrialStore(spark, dir, study, engineType, data, models, files, lease);
      try {
        store.commit = store.lastCommit();
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
      return store;
    } catch (IOException e) {
      throw unwritable(dir, e);
    }
  }

  private static UserException unwritable(String dir, IOException cause) {
    return new UserException(
        "results.dir must be a folder that can be written to, but %s is not (%s): make it writable, free space, or set results.dir=FOLDER"
            .formatted(dir, cause),
        cause);
  }

  private long lastCommit() throws IOException {
    long last = 0;
    for (Table<?> table : CatalogEntries.TABLES) {
      last = Math.max(last, StudyRows.lastCommit(files, table, study));
    }
    return last;
  }

  @Override
  public List<StoredTrial> trials(Phase phase, int level) {
    return reader.trials(phase, level);
  }

  @Override
  public List<StoredTrial> rungs(Phase phase, int level) {
    return reader.rungs(phase, level);
  }

  @Override
  public List<PhaseRecord> phases() {
    return reader.phases();
  }

  @Override
  public List<Ranked> leaderboard(Phase phase, int level) {
    return reader.leaderboard(phase, level);
  }

  @Override
  public String leaderboardSql(Phase phase, int level) {
    return reader.leaderboardSql(phase, level);
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
      List<TrialRow> rows = new ArrayList<>();
      PlanFacts known = facts(plan);
      for (TrialOutcome outcome : outcomes) {
        int planned = known.replicates().getOrDefault(outcome.trial().key().configuration(), 1);
        rows.add(
            new TrialRow(
                outcome, known.hash(), planned, engineType, data, writeModel(outcome), number));
      }
      lease.check(); // once more: a driver may stand still between two files of a commit
      List<String> keys =
          rows.stream()
              .map(row -> row.outcome().trial().key() + "|" + row.outcome().result().status())
              .toList();
      write(TrialTable.TABLE, rows, keys);
      commit = number;
    } catch (IOException e) {
      throw unwritable(dir, e);
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
      TrialKey any = keys.iterator().next();
      Set<TrialKey> asked = Set.copyOf(keys);
      List<Row> rows =
          reader.rungRows(any.phase(), any.level()).stream()
              .filter(row -> asked.contains(StoredRows.key(row)))
              .toList();
      if (rows.size() != asked.size()) {
        throw new IllegalStateException(
            "%d rows must be there to be pruned, but there are %d"
                .formatted(asked.size(), rows.size()));
      }
      write(
          PrunedRows.table(number),
          rows,
          asked.stream().map(key -> key + "|" + Status.PRUNED).toList());
      commit = number;
    } catch (IOException e) {
      throw unwritable(dir, e);
    }
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
      write(EpochTable.TABLE, rows, keys);
    }
  }

  private TrialRow.@Nullable ModelFile writeModel(TrialOutcome outcome) throws IOException {
    if (outcome.result().parameters() == null) {
      return null;
    }
    Trial trial = outcome.trial();
    byte[] content = models.write(trial, outcome.result().parameters(), data);
    String path =
        "studies/%s/models/%s-%d-%s-r%d/weights.npz"
            .formatted(
                study,
                trial.key().phase().label(),
                trial.key().level(),
                trial.key().configuration(),
                trial.replicate());
    files.replace(path, content);
    return new TrialRow.ModelFile(path, Hashes.sha256(content));
  }

  private <R> void write(Table<R> table, List<R> rows, List<String> keys) throws IOException {
    String name = Hashes.ofSorted(keys);
    files.writeOnce("%s/%s/%s.parquet".formatted(table.name(), study, name), table.file(rows));
  }

  @Override
  public void save(PhaseRecord record) {
    try {
      lease.check();
      long number = commit + 1;
      // With the number: a phase that runs again after it was done is a new row of the same text.
      String key = record.phase().label() + "|" + record.level() + "|" + number;
      write(StudyTable.TABLE, List.of(new StudyTable.StudyRow(record, number)), List.of(key));
      commit = number;
    } catch (IOException e) {
      throw unwritable(dir, e);
    }
  }

  /** Makes one file of each table's many, where there are more than {@code most}. */
  public void compact(int most) {
    try {
      new Compaction(files, study, lease::check).run(most);
    } catch (IOException e) {
      throw unwritable(dir, e);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
