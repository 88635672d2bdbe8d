package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.Widths;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.DataSet;
import dev.sieve.data.PreparedData;
import dev.sieve.data.source.DataSource;
import dev.sieve.engine.factory.Engines;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.sql.SparkRowReader;
import dev.sieve.training.Bench;
import dev.sieve.trial.Optimiser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    description =
        "Measures how fast this machine trains: seconds a net-epoch, GFLOP/s, and their share of"
            + " the peak of fused multiply-adds.",
    footer = "Nothing else should be busy on the machine meanwhile.",
    mixinStandardHelpOptions = true)
final class BenchCommand extends CliCommand implements Callable<Integer> {
  /** Training images of CIFAR-10's common split; of a smaller set all but the validation images. */
  private static final int TRAIN = 45_000;

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "M",
      description = "Widths of the hidden layers. Default: 50,50; '' for none.")
  private List<String> hidden = List.of("50", "50");

  @Option(
      names = "--fuse",
      paramLabel = "T",
      description = "Networks side by side in a task. Default: ${DEFAULT-VALUE}.")
  private int fuse = 8;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs to measure, after one to warm up; as many as fill a second are one. Default: ${DEFAULT-VALUE}.")
  private int epochs = 3;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks at once, compared with one alone. Default: ${DEFAULT-VALUE}.")
  private int tasks = 1;

  @Option(
      names = "--optimiser",
      paramLabel = "RULE",
      description = "sgd, momentum (0.9) or adam. Default: ${DEFAULT-VALUE}.")
  private String optimiser = "sgd";

  @Option(
      names = "--engine",
      paramLabel = "TYPE",
      description = "vector or reference. Default: ${DEFAULT-VALUE}.")
  private String engine = "vector";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where CIFAR-10 is; data.path of the defaults if not named.")
  private @Nullable String folder;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A study's file: its data instead of CIFAR-10's images.")
  private @Nullable Path file;

  @Parameters(paramLabel = "key=value", description = "Settings that override the file's.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    try {
      Bench bench = new Bench(Widths.of(hidden), fuse, epochs, tasks, rule());
      bench.run(
          Engines.byType(engine),
          data(),
          line -> {
            out.println(line);
            out.flush();
          });
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage() + ": change the option", e);
    }
    return ExitStatus.DONE;
  }

  private Optimiser rule() {
    return switch (optimiser) {
      case "sgd" -> new Optimiser.Sgd();
      case "momentum" -> new Optimiser.Momentum(0.9);
      case "adam" -> new Optimiser.Adam(0.9, 0.999, 1e-8);
      default ->
          throw new IllegalArgumentException(
              "--optimiser must be sgd, momentum or adam, but got " + optimiser);
    };
  }

  private PreparedData data() throws IOException {
    if (folder != null && (file != null || !overrides.isEmpty())) {
      throw new UserException(
          "--data is CIFAR-10's folder and stands alone, but got it beside a file or settings: use"
              + " data.path=%s instead".formatted(folder));
    }
    Experiment experiment =
        Experiment.load(
            file,
            folder == null ? overrides : List.of("data.source=cifar-10", "data.path=" + folder));
    DataSource source = experiment.data();
    if (source.table() == null) {
      return prepared(source.images());
    }
    try (SparkSession spark = SieveSession.reader("sieve bench", experiment.resultsDir())) {
      return prepared(source.load(new SparkRowReader(spark)));
    }
  }

  private static PreparedData prepared(DataSet data) {
    int count = data.training();
    int train = Math.min(TRAIN, count - count / 10);
    return data.prepare(
        new DataSelection(train, count - train, Order.SEEDED, false, Standardisation.PER_INPUT), 1);
  }
}
