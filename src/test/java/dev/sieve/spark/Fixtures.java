package dev.sieve.spark;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSet;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.Initialiser;
import dev.sieve.network.NetworkSpec;
import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.spark.task.CheckpointFolder;
import dev.sieve.spark.task.GroupTrainer;
import dev.sieve.spark.task.SparkTrialExecutor;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Schedule;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrainingSpec;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Small, complete values of everything that a store or an executor is given. */
public final class Fixtures {
  public static final String STUDY = "demo";

  public static final RunInfo RUN =
      new RunInfo(
          "h",
          "driver",
          0,
          Instant.parse("2026-01-02T03:04:05Z"),
          1.5,
          "ejml",
          0,
          "j",
          "g",
          "c",
          "s",
          "v");

  private Fixtures() {}

  public static DataSet data() {
    List<String> names = List.of("a", "b");
    return new ImageSet(
        "tiny",
        new LabelledImages(3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, new byte[4], names),
        new LabelledImages(3, new byte[] {1, 2, 3}, new byte[1], names));
  }

  public static Trial trial(int ordinal, int replicate, double lambda) {
    return trial(Phase.COARSE, 0, ordinal, replicate, lambda, 0);
  }

  public static Trial trial(
      Phase phase, int level, int ordinal, int replicate, double lambda, int rung) {
    TreeMap<String, AxisValue> values = new TreeMap<>();
    values.put("training.lambda", new AxisValue.Number(lambda));
    Configuration configuration = new Configuration(values);
    TreeMap<String, String> settings = new TreeMap<>();
    settings.put("training.lambda", Double.toString(lambda));
    NetworkSpec network =
        new NetworkSpec(
            3,
            List.of(5, 4),
            2,
            new BatchNorm(
                BatchNorm.Placement.BEFORE_ACTIVATION,
                true,
                1e-5,
                BatchNorm.Statistics.MOVING_AVERAGE,
                0.9,
                100),
            new Initialiser.Normal(0.01),
            new Initialiser.Zero());
    TrainingSpec training =
        new TrainingSpec(
            2,
            lambda,
            new Optimiser.Sgd(),
            new Schedule.Cyclical(1e-5, 0.1, 2, 1),
            false,
            0,
            false);
    DataSelection selection =
        new DataSelection(
            3, 1, DataSelection.Order.SEEDED, false, DataSelection.Standardisation.PER_INPUT);
    return new Trial(
        new TrialKey(STUDY, phase, level, configuration.id(), replicate, rung),
        ordinal,
        configuration,
        new TrialSettings(network, training, selection, false, false, settings),
        1,
        // One of the four steps a rung.
        new Stage(rung, rung, rung + 1));
  }

  /** On the shared session; trials that pause have nowhere to leave a checkpoint. */
  public static SparkTrialExecutor executor(GroupTrainer training, Duration hangTimeout) {
    return new SparkTrialExecutor(
        SharedSpark.session(),
        data(),
        training,
        hangTimeout,
        new CheckpointFolder(
            new org.apache.hadoop.conf.Configuration(), "target/none", data().fingerprint()));
  }

  public static TrialGroup group(Trial... trials) {
    return new TrialGroup(List.of(trials));
  }

  public static PhasePlan plan(Trial... trials) {
    TreeMap<String, String> identity = new TreeMap<>();
    identity.put("seed", "1");
    TrialKey first = trials[0].key();
    return new PhasePlan(
        first.study(), first.phase(), first.level(), List.of(trials), identity, "");
  }

  public static TrialOutcome done(Trial trial, double accuracy) {
    return ended(trial, Status.DONE, accuracy);
  }

  public static TrialOutcome ended(Trial trial, Status status, double accuracy) {
    Metrics figures = new Metrics(accuracy, 1.25, 1.5);
    List<EpochMetrics> curve =
        List.of(
            new EpochMetrics(0, 0, 0.1, new Metrics(0.5, 2, 2.5), figures, null, true),
            new EpochMetrics(1, 2, 0.05, figures, figures, null, false));
    return new TrialOutcome(
        trial,
        new TrialResult(
            status,
            2,
            1,
            figures,
            figures,
            null,
            curve,
            new ConfusionMatrix(List.of(List.of(1, 0), List.of(0, 0))),
            null,
            null,
            null),
        RUN);
  }

  public static TrialOutcome diverged(Trial trial) {
    Metrics nan = new Metrics(0.5, Double.NaN, Double.POSITIVE_INFINITY);
    List<EpochMetrics> curve = List.of(new EpochMetrics(1, 2, 0.1, nan, nan, null, false));
    return new TrialOutcome(
        trial,
        new TrialResult(Status.DIVERGED, 2, 1, null, null, null, curve, null, 1, null, null),
        RUN);
  }

  public static TrialOutcome failed(Trial trial, Status status) {
    return new TrialOutcome(trial, TrialResult.failed(status, "java.lang.Boom\n\tat x"), RUN);
  }

  /** A row of the view {@code leaderboard}. */
  public static LeaderboardRow ranked(Row row) {
    return new LeaderboardRow(
        row.<Integer>getAs("rank"),
        row.getAs("configuration"),
        row.getAs("status"),
        row.<Integer>getAs("replicates"),
        row.<@Nullable Double>getAs("validation_accuracy"),
        row.<@Nullable Double>getAs("validation_accuracy_se"),
        row.<Integer>getAs("trial"),
        new TreeMap<String, String>(row.getJavaMap(row.fieldIndex("settings"))));
  }
}
