package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.search.Preview;
import dev.sieve.search.RungPreview;
import dev.sieve.search.StudyDefinition;
import dev.sieve.search.StudyResults;
import dev.sieve.spark.SieveSession;
import dev.sieve.spark.StudyReader;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "preview",
    description =
        "Says what a study would run, without running it: trials, epochs, memory, an estimate of the time.",
    mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
  /** What the reference engine reaches on one core where the table knows nothing better. */
  private static final double GUESSED_FLOPS = 5e9;

  @Mixin private StudyOptions options = new StudyOptions();
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("made by picocli alone");
    }
    PrintWriter out = spec.commandLine().getOut();
    Experiment experiment = options.experiment();
    DataSet data = experiment.data().load();
    try (SparkSession spark = SieveSession.open("sieve preview", experiment.resultsDir())) {
      StudyResults results = new StudyReader(spark, experiment.resultsDir(), experiment.study());
      StudyDefinition definition = StudyRun.definition(experiment, data);
      int cores = spark.sparkContext().defaultParallelism();
      Double measured = measuredFlops(spark, experiment);
      double speed = measured != null ? measured : GUESSED_FLOPS;
      out.printf(
          "study %s  data %s  engine %s  cores %d%n",
          experiment.study(), data.name(), experiment.engineType(), cores);
      for (Phase phase : Phase.values()) {
        if (defined(definition, phase)) {
          print(out, Preview.of(definition, results, phase), speed * cores);
          print(out, RungPreview.of(definition, results, phase));
        }
      }
      long images = (long) data.training().pixels().length + data.test().pixels().length;
      out.printf(
          Locale.ROOT, "memory: images %d MB once an executor JVM%n", Math.round(images / 1e6));
      out.printf(
          Locale.ROOT,
          "time: %s %.1f GFLOP/s a core%n",
          measured != null ? "from this table's trials on this engine," : "a guess,",
          speed / 1e9);
      out.flush();
    }
    return ExitStatus.DONE;
  }

  private static boolean defined(StudyDefinition definition, Phase phase) {
    return switch (phase) {
      case COARSE -> definition.coarse() != null;
      case FINE -> definition.fine() != null;
      case FINAL -> definition.last() != null;
    };
  }

  private static void print(PrintWriter out, Preview preview, double flopsPerSecond) {
    out.printf(
        Locale.ROOT,
        "%-8s%5d trials%s in %d groups  %,d epochs  %,d steps  %.3g TFLOP  about %s%s%n",
        preview.phase().label(),
        preview.trials(),
        preview.finished() > 0 ? " (" + preview.finished() + " finished)" : "",
        preview.groups(),
        preview.epochs(),
        preview.steps(),
        preview.flops() / 1e12,
        Progress.seconds(preview.flopsLeft() / flopsPerSecond),
        preview.estimated()
            ? "  (counted from the file: the phase before has no results yet)"
            : "");
  }

  private static void print(PrintWriter out, @Nullable RungPreview rungs) {
    if (rungs == null) {
      return;
    }
    String trials =
        rungs.rungs().stream()
            .map(rung -> "%d at epoch %d".formatted(rung.trials(), rung.epoch()))
            .collect(Collectors.joining(", "));
    out.printf(
        Locale.ROOT,
        "        %s: trials %s; %.1f %% of the %,d epochs without rungs%n",
        rungs.type(),
        trials,
        100.0 * rungs.epochs() / rungs.epochsWithout(),
        rungs.epochsWithout());
    rungs.warnings().forEach(out::println);
  }

  /** Training FLOP a second of the newest finished trials of this study, or null. */
  private static @Nullable Double measuredFlops(SparkSession spark, Experiment experiment) {
    Row row =
        spark
            .sql(
                """
                SELECT avg(steps * batch_size * %d / run_seconds) FROM trials
                WHERE study = '%s' AND status = 'done' AND engine = '%s' AND run_seconds > 0"""
                    .formatted(
                        experiment.resolve(Phase.COARSE, Experiment.OWN).network().trainingFlops(),
                        experiment.study(),
                        experiment.engineType()))
            .head();
    return row.isNullAt(0) ? null : row.getDouble(0);
  }
}
