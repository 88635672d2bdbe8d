package dev.sieve.spark.task;

import com.sun.management.OperatingSystemMXBean;
import dev.sieve.data.DataSet;
import dev.sieve.search.Study;
import dev.sieve.search.StudyListener;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.SharedSpark;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What Sieve itself costs: trials that do nothing, through plan, Spark and store. Prints the
 * milliseconds a trial, the processor's time, which a machine shared with others leaves as it is,
 * and the heap in use after the first thousand and after the rest.
 *
 * <pre>Throughput FOLDER TRIALS FUSE</pre>
 */
public final class Throughput {
  private Throughput() {}

  /** Takes the folder for the results, the number of trials and how many make a group at most. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Path results = Files.createDirectories(Path.of(args[0]));
    int trials = Integer.parseInt(args[1]);
    int fuse = Integer.parseInt(args[2]);
    DataSet data = Fixtures.data();
    SearchSettings search = new SearchSettings(4, 0, fuse, 5, Duration.ofMinutes(1));
    long began = System.nanoTime();
    SparkSession spark = SharedSpark.session();
    try (ParquetTrialStore store =
            ParquetTrialStore.open(spark, results.toString(), "idle", "reference", data);
        SparkTrialExecutor executor = Fixtures.executor(new Idle(), search.hangTimeout())) {
      System.out.printf("start-up %.1f s%n", seconds(began));
      Study study = new Study(definition(trials, search), store, executor, new Watch());
      long start = System.nanoTime();
      study.run(Phase.COARSE);
      double run = seconds(start);
      System.out.printf(
          "%s trials in groups of at most %s: %.2f s, %.2f ms a trial%n",
          trials, fuse, run, 1000 * run / trials);
    }
    spark.stop();
  }

  private static StudyDefinition definition(int trials, SearchSettings search) {
    Axis lambda = new Axis("training.lambda", "lambda", new Domain.Log10(-5, -1, 0));
    return new StudyDefinition(
        "idle",
        1,
        "reference",
        "tiny",
        "0123",
        new CoarseSpec(SamplerKind.RANDOM, trials, 1, new Space(List.of(lambda))),
        null,
        null,
        search,
        Map.of(),
        Throughput::settings,
        "");
  }

  private static TrialSettings settings(Phase phase, Configuration configuration) {
    AxisValue value = configuration.values().get("training.lambda");
    double lambda = value instanceof AxisValue.Number number ? number.value() : 0.1;
    return Fixtures.trial(0, 0, lambda).settings();
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Trains nothing, but has a curve of two rows as the shortest training has. */
  private record Idle() implements GroupTrainer {
    @Override
    public List<TrialResult> train(TrialGroup group, DataSet data, TrainingListener listener) {
      Metrics figures = new Metrics(0.5, 1, 1);
      List<EpochMetrics> curve =
          List.of(
              new EpochMetrics(0, 0, 0.1, figures, figures, null, true),
              new EpochMetrics(1, 2, 0.1, figures, figures, null, false));
      List<TrialResult> results = new ArrayList<>();
      for (Trial trial : group.trials()) {
        results.add(
            new TrialResult(
                Status.DONE,
                trial.settings().steps(),
                1,
                figures,
                figures,
                null,
                curve,
                null,
                null,
                null,
                null));
      }
      return results;
    }

    @Override
    public String provider() {
      return "idle";
    }

    @Override
    public int vectorBits() {
      return 0;
    }
  }

  /** Prints how far it is at every thousand trials. */
  private static final class Watch implements StudyListener {
    private final long start = System.nanoTime();
    private int finished;

    @Override
    public void started(PhasePlan plan, int finished) {
      System.out.printf("planned %s trials, %.2f s%n", plan.size(), seconds(start));
    }

    @Override
    public void finished(PhasePlan plan, TrialOutcome outcome) {
      finished++;
      if (finished == 100 || finished % 1000 == 0) {
        double now = seconds(start);
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
            "%s trials, %.2f s, processor %.2f s, heap %s MB%n",
            finished, now, processorSeconds(), heap >> 20);
      }
    }

    @Override
    public void tick() {}

    @Override
    public void ended(PhasePlan plan, PhaseRow record) {
      System.out.printf("%s, %.2f s%n", record.state(), seconds(start));
    }

    @Override
    public void note(String line) {
      System.out.println(line);
    }
  }
}
