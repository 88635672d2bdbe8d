package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.StudyData;
import dev.sieve.app.cli.StudyOptions;
import dev.sieve.app.text.Progress;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.network.NetworkSpec;
import dev.sieve.report.Numbers;
import dev.sieve.search.definition.StudyDefinition;
import dev.sieve.search.plan.Preview;
import dev.sieve.search.plan.RungPreview;
import dev.sieve.search.plan.SpacePreview;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.sql.TrainingSpeed;
import dev.sieve.spark.store.ReportReader;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "preview",
    description =
        "Says what a study would run, without running it: trials, groups, epochs, memory, an estimate of the time.",
    mixinStandardHelpOptions = true)
final class PreviewCommand extends CliCommand implements Callable<Integer> {
  /** FLOP a second and core where the table knows nothing: the vector engine at 60 % of 100. */
  private static final double GUESSED_VECTOR = 60e9;

  private static final double GUESSED_REFERENCE = 5e9;

  @Mixin private StudyOptions options = new StudyOptions();

  /** What the time of networks of one shape is taken from. */
  private record Speed(double flops, String source) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    Experiment experiment = options.experiment();
    experiment.notes().forEach(note -> err().println("sieve: " + note));
    StudyData read = new StudyData(experiment, experiment.phases(), data -> {});
    try (SparkSession spark = SieveSession.open("sieve preview", experiment.resultsDir())) {
      DataSet data = read.in(spark);
      StudyHistory history =
          new ReportReader(spark, experiment.resultsDir()).outcomes(experiment.study());
      StudyDefinition definition = experiment.definition(data);
      int cpus = spark.sparkContext().conf().getInt("spark.task.cpus", 1);
      int slots = Math.max(1, spark.sparkContext().defaultParallelism() / cpus);
      out.printf(
          "study %s  data %s  engine %s  places %s%n",
          experiment.study(), data.name(), experiment.engineType(), slots);
      TrainingSpeed measured = new TrainingSpeed(spark, experiment.engineType());
      Map<String, Speed> speeds = new LinkedHashMap<>();
      for (Phase phase : experiment.phases()) {
        for (Preview preview : Preview.of(definition, history, phase, slots)) {
          print(out, preview, experiment.engineType(), group -> seconds(group, measured, speeds));
          SpacePreview.lines(definition, preview).forEach(line -> out.println("        " + line));
        }
        print(out, RungPreview.of(definition, history, phase));
      }
      out.printf(
          Locale.ROOT,
          "memory: %s %d MB once an executor JVM%n",
          data.examples(),
          Math.round(experiment.bytes(data) / 1e6));
      speeds.forEach(
          (shape, speed) ->
              out.printf(
                  Locale.ROOT,
                  "time: %s at %.1f GFLOP/s a core, %s%n",
                  shape,
                  speed.flops() / 1e9,
                  speed.source()));
      out.flush();
    }
    return ExitStatus.DONE;
  }

  private static void print(
      PrintWriter out, Preview preview, String engine, ToDoubleFunction<TrialGroup> seconds) {
    out.printf(
        Locale.ROOT,
        "%-12s%5d trials%s in %d groups, %d waves  %,d epochs  %,d steps  %.3g TFLOP  %sB a task  about %s%s%n",
        preview.name(),
        preview.trials(),
        preview.finished() > 0 ? " (" + preview.finished() + " finished)" : "",
        preview.groups(),
        preview.waves(),
        preview.epochs(),
        preview.steps(),
        preview.flops() / 1e12,
        Numbers.scaled(preview.taskBytes(engine.equals("reference") ? 8 : 4)),
        Progress.seconds(preview.seconds(seconds)),
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
            .map(rung -> "%s at epoch %s".formatted(rung.trials(), rung.epoch()))
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

  private double seconds(TrialGroup group, TrainingSpeed measured, Map<String, Speed> speeds) {
    NetworkSpec network = group.first().settings().network();
    String shape = network.hidden() + (network.batchNorm() == null ? "" : " with batch norm");
    Speed speed = speeds.computeIfAbsent(shape, s -> speed(measured, network));
    return group.trials().stream().mapToDouble(Trial::work).sum() / speed.flops();
  }

  private Speed speed(TrainingSpeed measured, NetworkSpec network) {
    TrainingSpeed.Measured found = measured.of(network);
    if (found != null) {
      return new Speed(
          found.flopsPerSecond(),
          "measured on %s groups of the table here".formatted(found.groups()));
    }
    boolean vector = measured.engine().equals("vector");
    return new Speed(
        vector ? GUESSED_VECTOR : GUESSED_REFERENCE,
        "a guess%s: the table has none of this shape here"
            .formatted(vector ? " (60 per cent of 100 GFLOP/s)" : ""));
  }
}
