package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.text.Terminal;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSelection;
import dev.sieve.data.cifar.CifarDownload;
import dev.sieve.data.cifar.CifarVersion;
import dev.sieve.data.source.DataReport;
import dev.sieve.data.source.DataSource;
import dev.sieve.data.table.TableReport;
import dev.sieve.data.table.TableSet;
import dev.sieve.error.UserException;
import dev.sieve.report.Numbers;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.sql.SparkRowReader;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "data",
    description = "Downloads CIFAR-10 or CIFAR-100, or says what a study's data are.",
    mixinStandardHelpOptions = true,
    subcommands = {DataCommand.Fetch.class, DataCommand.Verify.class})
final class DataCommand extends CliCommand implements Runnable {
  @Override
  public void run() {
    throw new CommandLine.ParameterException(line(), "data needs fetch or verify");
  }

  @Command(
      name = "fetch",
      description =
          "Downloads the official archive, goes on after a broken connection, checks it, and puts it in place.",
      mixinStandardHelpOptions = true)
  static final class Fetch extends CliCommand implements Callable<Integer> {
    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "The folder; data.path of the defaults if not named.")
    private @Nullable Path folder;

    @Option(
        names = "--set",
        paramLabel = "NAME",
        description = "cifar-10 or cifar-100. Default: ${DEFAULT-VALUE}.")
    private String set = "cifar-10";

    @Override
    public Integer call() {
      PrintWriter err = err();
      CifarVersion version = version();
      Path target =
          folder != null
              ? folder.toAbsolutePath().normalize()
              : Experiment.load(null, List.of("data.source=" + set)).data().path();
      boolean terminal = Terminal.interactive();
      long[] printed = {-1};
      Path archive =
          CifarDownload.official(
                  version,
                  target,
                  (received, all) -> {
                    long percent = 100 * received / all;
                    if (percent > printed[0] && (terminal || percent % 10 == 0)) {
                      printed[0] = percent;
                      String line = String.format(Locale.ROOT, "%3d %% of %,d bytes", percent, all);
                      err.print(terminal ? "\r" + line : line + System.lineSeparator());
                      err.flush();
                    }
                  })
              .run();
      if (terminal) {
        err.println();
      }
      out().println(version.title() + " is at " + archive);
      return ExitStatus.DONE;
    }

    private CifarVersion version() {
      return switch (set) {
        case "cifar-10" -> CifarVersion.CIFAR_10;
        case "cifar-100" -> CifarVersion.CIFAR_100;
        default ->
            throw new UserException(
                "--set must be cifar-10 or cifar-100, but got %s: change it".formatted(set));
      };
    }
  }

  @Command(
      name = "verify",
      description =
          "Reads the data set whole and prints counts per class and split, and its fingerprint.",
      mixinStandardHelpOptions = true)
  static final class Verify extends CliCommand implements Callable<Integer> {
    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "A study's file; the defaults if not named.")
    private @Nullable Path file;

    @CommandLine.Parameters(
        paramLabel = "key=value",
        description = "Settings that override the file's.")
    private List<String> overrides = List.of();

    @Override
    public Integer call() throws IOException {
      Experiment experiment = Experiment.load(file, overrides);
      DataSource source = experiment.data();
      if (source.table() == null) {
        out().print(DataReport.of(source.images(), source.where()).text());
      } else {
        try (SparkSession spark = SieveSession.reader("sieve data", experiment.resultsDir())) {
          table(experiment, (TableSet) source.load(new SparkRowReader(spark)));
        }
      }
      out().flush();
      return ExitStatus.DONE;
    }

    /** Of the first phase that the study has. */
    private void table(Experiment experiment, TableSet data) {
      out().print(DataReport.of(data, experiment.data().where()).text());
      Phase phase = experiment.phases().get(0);
      experiment.requireFits(data, phase);
      DataSelection selection = experiment.selection(data, phase);
      TableReport report = data.report(selection, experiment.seed());
      out().println();
      report.lines().forEach(out()::println);
      out().println();
      out()
          .printf(
              Locale.ROOT,
              "%s trains on %,d rows and validates on %s; %,d rows test%n",
              phase.label(),
              selection.train(),
              selection.validationIsTest()
                  ? "the test rows"
                  : String.format(Locale.ROOT, "%,d", selection.validation()),
              data.test());
      out().println("memory: " + Numbers.scaled(report.bytes()) + "B an executor");
      report.warnings().forEach(warning -> out().println("warning: " + warning));
    }
  }
}
