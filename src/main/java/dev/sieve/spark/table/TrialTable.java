package dev.sieve.spark.table;

import static dev.sieve.spark.table.ColumnType.INT;
import static dev.sieve.spark.table.ColumnType.INTS;
import static dev.sieve.spark.table.ColumnType.INT_MATRIX;
import static dev.sieve.spark.table.ColumnType.LONG;
import static dev.sieve.spark.table.ColumnType.REAL;
import static dev.sieve.spark.table.ColumnType.TEXT;
import static dev.sieve.spark.table.ColumnType.TEXT_MAP;
import static dev.sieve.spark.table.ColumnType.TIME;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Numerics;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code trial_rows}: a row for every end of a trial, or of a rung of it. */
public final class TrialTable {
  public static final Table<TrialRowSource> TABLE =
      new Table<>(
          "trial_rows",
          "Raw rows of trials, append-only; read the view trials, where the newest row of a trial"
              + " wins",
          List.of("study", "phase", "level", "configuration", "replicate", "rung"),
          columns());

  private TrialTable() {}

  private static List<Column<TrialRowSource>> columns() {
    List<Column<TrialRowSource>> all = new ArrayList<>();
    all.addAll(SharedColumns.of(row -> row.outcome().trial().key()));
    all.add(
        3,
        trial(
            "trial",
            INT,
            "Ordinal within the phase and level, given at first planning",
            Trial::ordinal));
    all.add(
        result(
            "status",
            TEXT,
            "done; diverged (NaN or infinity), failed (an exception), lost (its executor or storage failed too often; it runs again); paused or pruned at a rung",
            r -> r.status().label()));
    all.add(
        training("lambda", REAL, "λ of cost = mean cross-entropy + λ ΣW²", TrainingSpec::lambda));
    all.add(
        schedule(
            "eta",
            REAL,
            "η: the constant rate, the initial rate of a decayed schedule, or the highest of a"
                + " cycle",
            Schedule::eta));
    all.add(
        schedule(
            "eta_min",
            REAL,
            "Lowest rate of a cyclical schedule; NULL for others",
            TrialTable::etaMin));
    all.add(
        network(
            "sigma",
            REAL,
            "σ of normal initial weights; NULL for other initialisers",
            n -> n.weights() instanceof Initialiser.Normal normal ? normal.sigma() : null));
    all.add(
        network("hidden", INTS, "Widths of the hidden layers, first to last", NetworkSpec::hidden));
    all.add(
        network(
            "batch_norm",
            TEXT,
            "Where batch norm stands: before-activation, after-activation, or none",
            n -> batchNorm(n.batchNorm())));
    all.add(
        network(
            "init",
            TEXT,
            "Initial weights: he, xavier-in, xavier-out, xavier-average, normal, zero",
            n -> initialiser(n.weights())));
    all.add(
        training(
            "optimiser", TEXT, "Update rule: sgd, momentum, adam", t -> optimiser(t.optimiser())));
    all.add(
        training(
            "momentum",
            REAL,
            "m of momentum; NULL for other rules",
            t -> t.optimiser() instanceof Optimiser.Momentum m ? m.momentum() : null));
    all.add(training("batch_size", INT, "Images a step", TrainingSpec::batchSize));
    all.add(
        schedule(
            "schedule", TEXT, "Learning rate: constant, decay, cyclical", TrialTable::schedule));
    all.add(
        schedule(
            "half_cycle",
            INT,
            "n_s, steps of half a cycle; NULL unless cyclical with cycles of one length",
            s -> s instanceof Schedule.Cyclical c && c.growth() == 1 ? c.halfCycle() : null));
    all.add(
        schedule("cycles", INT, "Cycles of the budget; NULL unless cyclical", TrialTable::cycles));
    all.add(
        schedule(
            "decay",
            REAL,
            "Factor on η an epoch; NULL unless decay",
            s -> s instanceof Schedule.Decay d ? d.decay() : null));
    all.add(settings("train_size", INT, "Images of the training set", s -> s.data().train()));
    all.add(
        column("validation_size", INT, "Images of the validation set", TrialTable::validationSize));
    all.add(
        settings(
            "settings",
            TEXT_MAP,
            "Every effective setting by its path, for example settings['training.lambda']",
            TrialSettings::settings));
    all.add(
        result(
            "epochs",
            INT,
            "Epochs trained, a last partial one counted whole",
            TrialResult::epochs));
    all.add(result("steps", LONG, "Steps taken", TrialResult::steps));
    all.addAll(
        FigureColumns.of(
            "train",
            "the full training set after the last step",
            row -> row.outcome().result().train()));
    all.addAll(
        FigureColumns.of(
            "validation",
            "the validation set after the last step",
            row -> row.outcome().result().validation()));
    all.addAll(
        FigureColumns.of(
            "test",
            "the test set after the last step; NULL where the trial does not touch test data",
            row -> row.outcome().result().test()));
    all.add(
        best(
            "best_epoch",
            INT,
            "Epoch of the best validation accuracy, the earliest of equals",
            EpochMetrics::epoch));
    all.add(
        best(
            "best_validation_accuracy",
            REAL,
            "Validation accuracy of that epoch; the pick goes by validation_accuracy",
            row -> row.validation().accuracy()));
    all.add(
        result(
            "confusion",
            INT_MATRIX,
            "Counts of images, confusion[true class][predicted class], of the test set where that"
                + " was measured, else of the validation set",
            r -> r.confusion() == null ? null : r.confusion().counts()));
    all.add(
        result(
            "diverged_epoch",
            INT,
            "Epoch of the first NaN or infinity; NULL unless diverged",
            TrialResult::divergedEpoch));
    all.add(
        result(
            "error",
            TEXT,
            "Stack trace or reason; NULL unless failed or lost",
            TrialResult::error));
    all.add(trial("seed", LONG, "The study's seed", Trial::seed));
    all.add(column("data_name", TEXT, "Data set: cifar-10 or synthetic", row -> row.data().name()));
    all.add(
        column(
            "data_fingerprint",
            TEXT,
            "First 16 hex digits of SHA-256 over the data set",
            row -> row.data().fingerprint()));
    all.add(
        column("plan", TEXT, "Hash of what may not change within the phase", TrialRowSource::plan));
    all.add(column("engine", TEXT, "engine.type", TrialRowSource::engine));
    all.add(column("numerics", INT, "Version of what the numbers mean", row -> Numerics.VERSION));
    all.add(
        column(
            "model",
            TEXT,
            "Weights file (NumPy's npz), relative to the results folder; NULL where none was kept",
            row -> row.model() == null ? null : row.model().path()));
    all.add(
        column(
            "model_checksum",
            TEXT,
            "SHA-256 of the weights file, in hex",
            row -> row.model() == null ? null : row.model().checksum()));
    all.add(
        column(
            "run_commit",
            LONG,
            "Number of the driver's commit; of rows of one key the highest counts",
            TrialRowSource::commit));
    // The history of runs, not of results: a study that was given more replicates later is the
    // same table as one that had them from the start.
    all.add(
        column(
            "run_replicates",
            INT,
            "Replicates that the plan had of every configuration when the row was written; the"
                + " newest of a phase counts",
            TrialRowSource::plannedReplicates));
    all.add(
        run(
            "run_host",
            TEXT,
            "Host of the executor; NULL where the trial was lost",
            r -> text(r.host())));
    all.add(run("run_executor", TEXT, "Spark's name of the executor", r -> text(r.executor())));
    all.add(run("run_attempt", INT, "Spark's task attempt, 0 for the first", RunInfo::attempt));
    all.add(run("run_started", TIME, "When the training began", RunInfo::started));
    all.add(
        run(
            "run_seconds",
            REAL,
            "Wall time of the training, with the trials that ran side by side with it",
            RunInfo::seconds));
    all.add(run("run_provider", TEXT, "Kernels in use", r -> text(r.provider())));
    all.add(
        run(
            "run_vector_bits",
            INT,
            "Width of the machine's vectors, 0 where none are used",
            RunInfo::vectorBits));
    all.add(run("run_jvm", TEXT, "JVM of the executor", r -> text(r.jvm())));
    all.add(
        run(
            "run_collector",
            TEXT,
            "Garbage collector of the executor's JVM",
            r -> text(r.collector())));
    all.add(
        run(
            "run_compiler",
            TEXT,
            "Best compiler in use in the executor's JVM",
            r -> text(r.compiler())));
    all.add(run("run_spark", TEXT, "Spark's version", r -> text(r.spark())));
    all.add(run("run_version", TEXT, "Version of Sieve's jar", r -> text(r.version())));
    return all;
  }

  private static Column<TrialRowSource> column(
      String name,
      ColumnType type,
      String comment,
      Function<TrialRowSource, @Nullable Object> value) {
    return new Column<>(name, type, comment, value);
  }

  private static Column<TrialRowSource> trial(
      String name, ColumnType type, String comment, Function<Trial, @Nullable Object> value) {
    return column(name, type, comment, row -> value.apply(row.outcome().trial()));
  }

  private static Column<TrialRowSource> settings(
      String name,
      ColumnType type,
      String comment,
      Function<TrialSettings, @Nullable Object> value) {
    return trial(name, type, comment, trial -> value.apply(trial.settings()));
  }

  private static Column<TrialRowSource> network(
      String name, ColumnType type, String comment, Function<NetworkSpec, @Nullable Object> value) {
    return settings(name, type, comment, settings -> value.apply(settings.network()));
  }

  private static Column<TrialRowSource> training(
      String name,
      ColumnType type,
      String comment,
      Function<TrainingSpec, @Nullable Object> value) {
    return settings(name, type, comment, settings -> value.apply(settings.training()));
  }

  private static Column<TrialRowSource> schedule(
      String name, ColumnType type, String comment, Function<Schedule, @Nullable Object> value) {
    return training(name, type, comment, training -> value.apply(training.schedule()));
  }

  private static Column<TrialRowSource> result(
      String name, ColumnType type, String comment, Function<TrialResult, @Nullable Object> value) {
    return column(name, type, comment, row -> value.apply(row.outcome().result()));
  }

  private static Column<TrialRowSource> best(
      String name,
      ColumnType type,
      String comment,
      Function<EpochMetrics, @Nullable Object> value) {
    return result(
        name,
        type,
        comment,
        result -> {
          EpochMetrics best = result.best();
          return best == null ? null : value.apply(best);
        });
  }

  private static Column<TrialRowSource> run(
      String name, ColumnType type, String comment, Function<RunInfo, @Nullable Object> value) {
    return column(name, type, comment, row -> value.apply(row.outcome().run()));
  }

  private static int validationSize(TrialRowSource row) {
    var data = row.outcome().trial().settings().data();
    return data.validationIsTest() ? row.data().test() : data.validation();
  }

  private static String batchNorm(@Nullable BatchNorm batchNorm) {
    return batchNorm == null ? "none" : label(batchNorm.placement());
  }

  private static String initialiser(Initialiser weights) {
    if (weights instanceof Initialiser.Xavier xavier) {
      return "xavier-" + label(xavier.fan());
    }
    if (weights instanceof Initialiser.He) {
      return "he";
    }
    return weights instanceof Initialiser.Normal ? "normal" : "zero";
  }

  private static String optimiser(Optimiser optimiser) {
    if (optimiser instanceof Optimiser.Momentum) {
      return "momentum";
    }
    return optimiser instanceof Optimiser.Adam ? "adam" : "sgd";
  }

  private static String schedule(Schedule schedule) {
    if (cycles(schedule) != null) {
      return "cyclical";
    }
    return schedule instanceof Schedule.Decay ? "decay" : "constant";
  }

  private static @Nullable Double etaMin(Schedule schedule) {
    if (schedule instanceof Schedule.CyclesOf own) {
      return own.etaMin();
    }
    return schedule instanceof Schedule.Cyclical same ? same.etaMin() : null;
  }

  private static @Nullable Integer cycles(Schedule schedule) {
    if (schedule instanceof Schedule.CyclesOf own) {
      return own.epochs().size();
    }
    return schedule instanceof Schedule.Cyclical same ? same.cycles() : null;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is not known of a lost trial's executor is NULL. */
  private static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }
}
