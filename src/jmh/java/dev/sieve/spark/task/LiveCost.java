package dev.sieve.spark.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.report.Estimate;
import dev.sieve.search.Study;
import dev.sieve.search.StudyListener;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.spark.SieveCatalog;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.spark.live.LivePlugin;
import dev.sieve.spark.sql.TableRegistrar;
import dev.sieve.spark.store.Machine;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.TrialOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * What live messages cost the training: one small search over and over, in sessions with the
 * channel and without, in turns. Prints network-epochs a second of each run (epochs of all trials
 * over the seconds that tasks trained), the mean of the paired differences with its standard error,
 * and what one message takes its sender, of which a group sends one in 0.3 s at most.
 *
 * <pre>LiveCost FOLDER PAIRS [key=value …]</pre>
 *
 * <p>The first pair warms up and does not count. Overrides are of the study below, for example
 * {@code data.train=20000} for longer runs.
 */
public final class LiveCost {
  private static final int MESSAGES = 20_000;

  /** A message may go with every epoch: short ones, evaluated each. */
  private static final String STUDY =
      """
      study { name = live, seed = 1 }
      data { source = synthetic, train = 5000, validation = 1000 }
      network { hidden = [50, 50], init.weights = he }
      training { batch-size = 100, schedule { type = constant, epochs = 40 } }
      coarse {
        sampler = grid
        space { lambda { log10 = [-5, -1], points = 4 }, eta { log10 = [-2.5, -0.5], points = 4 } }
      }
      """;

  private LiveCost() {}

  /** Takes a folder for the results, the number of pairs, and overrides of the study. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int pairs = Integer.parseInt(args[1]);
    Path file = Files.writeString(folder.resolve("live.conf"), STUDY, UTF_8);
    Experiment experiment = Experiment.load(file, List.of(args).subList(2, args.length));
    DataSet data = experiment.data().images();
    List<Double> shares = new ArrayList<>();
    for (int pair = 0; pair <= pairs; pair++) {
      // Whoever runs second finds a warmer machine: each does in turn.
      boolean liveFirst = pair % 2 == 0;
      double first = run(folder, pair + "a", experiment, data, liveFirst);
      double second = run(folder, pair + "b", experiment, data, !liveFirst);
      double live = liveFirst ? first : second;
      double silent = liveFirst ? second : first;
      print(
          "pair %s: live %.2f, silent %.2f epochs/s, live costs %+.2f %%%s",
          pair, live, silent, 100 * (1 - live / silent), pair == 0 ? " (warming up)" : "");
      if (pair > 0) {
        shares.add(100 * (1 - live / silent));
      }
    }
    print("live messages cost, in %% of the training's speed: %s", Estimate.of(shares).plain());
  }

  /** Epochs a second of all networks together, while they trained. */
  private static double run(
      Path folder, String name, Experiment experiment, DataSet data, boolean live)
      throws IOException, InterruptedException {
    try (SparkSession spark = session(live)) {
      if (live != LivePlugin.send(message())) {
        throw new IllegalStateException("the channel must be there with the plugin alone");
      }
      Tally tally = new Tally();
      String results = folder.resolve(name).toString();
      try (ParquetTrialStore store =
              ParquetTrialStore.open(spark, results, "live", experiment.engineType(), data);
          SparkTrialExecutor executor =
              new SparkTrialExecutor(
                  spark, data, experiment.engineType(), experiment.search(), results)) {
        new Study(experiment.definition(data.name(), data.fingerprint()), store, executor, tally)
            .run(Phase.COARSE);
      }
      if (live) {
        long start = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
          LivePlugin.send(message());
        }
        double micros = (System.nanoTime() - start) / 1e3 / MESSAGES;
        print("one message: %.1f µs, %.4f %% of the 0.3 s to the next", micros, micros / 3e5 * 100);
      }
      return tally.epochs / tally.seconds;
    }
  }

  private static SparkSession session(boolean live) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[*]")
            .appName("live-cost")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config(TableRegistrar.CATALOG, SieveCatalog.class.getName());
    if (live) {
      builder.config(LivePlugin.PLUGINS, LivePlugin.class.getName());
    }
    return builder.getOrCreate();
  }

  private static LiveGroup message() {
    return new LiveGroup("nobody-1", Machine.host(), 0, 8, 3, 40, 0.5, 100);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Epochs of all trials, and the seconds of each group once. */
  private static final class Tally implements StudyListener {
    private final Set<String> groups = new HashSet<>();
    private double epochs;
    private double seconds;

    @Override
    public void started(PhasePlan plan, int finished) {}

    @Override
    public void finished(PhasePlan plan, TrialOutcome outcome) {
      epochs += outcome.result().epochs();
      RunInfo run = outcome.run();
      Instant started = run.started();
      if (groups.add(started + " " + run.seconds())) {
        seconds += run.seconds();
      }
    }

    @Override
    public void tick() {}

    @Override
    public void ended(PhasePlan plan, PhaseRow record) {}

    @Override
    public void note(String line) {
      System.out.println(line);
    }
  }
}
