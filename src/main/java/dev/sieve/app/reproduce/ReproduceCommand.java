package dev.sieve.app.reproduce;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.text.Terminal;
import dev.sieve.config.Experiment;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.error.UserException;
import dev.sieve.report.Numbers;
import dev.sieve.report.TextTable;
import dev.sieve.report.TextTable.Align;
import dev.sieve.reproduce.Catalogue;
import dev.sieve.reproduce.MachinePeak;
import dev.sieve.reproduce.StudyCost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reproduce",
    description = {
      "Repeats the experiments of five course reports as ordinary studies, and puts every published number beside ours.",
      "list says what there is and what it costs; report writes the page from what has run."
    },
    footer = "It goes on where it was stopped. Tables and page: results.dir/reproduce/.",
    mixinStandardHelpOptions = true)
public final class ReproduceCommand extends CliCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "list, all, report, a report, or an experiment: REPORT/EXPERIMENT.")
  private String what = "";

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Settings that override the files', such as data.path and results.dir.")
  private List<String> overrides = List.of();

  @Option(
      names = "--studies",
      paramLabel = "DIR",
      description = "The reports' study files. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("conf", "reports");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          "--studies must name the folder of the reports' study files, but %s is none: it is conf/reports of the sources"
              .formatted(folder.toAbsolutePath().normalize()));
    }
    PrintWriter out = out();
    PrintWriter err = err();
    Catalogue catalogue = Catalogue.load();
    if (what.equals("list")) {
      list(catalogue, out);
      return ExitStatus.DONE;
    }
    boolean reportOnly = what.equals("report");
    List<Catalogue.Entry> entries = catalogue.select(reportOnly ? "all" : what);
    ReproduceRun run = new ReproduceRun(what, entries, studies(entries), out, err);
    return reportOnly ? run.report() : run.run();
  }

  /**
   * Every study of the experiments by its name without {@code .conf}, all files read and checked.
   */
  private Map<String, Experiment> studies(List<Catalogue.Entry> entries) {
    Map<String, Experiment> studies = new LinkedHashMap<>();
    for (String study : Catalogue.studies(entries)) {
      studies.put(study, Experiment.load(Catalogue.file(folder, study), overrides));
    }
    if (studies.isEmpty()) {
      // Gradient checks alone: of twenty images, wherever they are.
      studies.put("", Experiment.load(null, overrides));
    }
    return studies;
  }

  private void list(Catalogue catalogue, PrintWriter out) {
    TextTable table =
        new TextTable()
            .column("experiment", Align.LEFT)
            .column("section", Align.LEFT)
            .column("what", Align.LEFT)
            .column("trials", Align.RIGHT)
            .column("epochs", Align.RIGHT)
            .column("TFLOP", Align.RIGHT);
    Set<String> counted = new HashSet<>();
    StudyCost total = StudyCost.NOTHING;
    for (Catalogue.Entry entry : catalogue.entries()) {
      List<String> fresh = entry.studies().stream().filter(counted::add).toList();
      StudyCost cost =
          StudyCost.of(
              fresh.stream()
                  .map(study -> Experiment.load(Catalogue.file(folder, study), overrides))
                  .toList(),
              Cifar10.BATCH_IMAGES); // the test set is one file
      total = total.plus(cost);
      boolean checks = entry.studies().isEmpty();
      boolean shared = !checks && fresh.isEmpty();
      table.row(
          entry.path(),
          entry.section(),
          entry.title(),
          checks ? "checks" : shared ? "shared" : Integer.toString(cost.trials()),
          checks || shared ? "–" : Long.toString(cost.epochs()),
          checks || shared ? "–" : String.format(Locale.ROOT, "%.2f", cost.flops() / 1e12));
    }
    table.lines(Terminal.width()).forEach(out::println);
    int cores = Runtime.getRuntime().availableProcessors();
    double peak = MachinePeak.gigaflops(cores) * 1e9;
    out.printf(
        Locale.ROOT,
        "all: %d trials, %,d epochs, %.1f TFLOP; %s at the peak of %d cores, %.0f GFLOP/s%n",
        total.trials(),
        total.epochs(),
        total.flops() / 1e12,
        Numbers.duration(Duration.ofMillis(Math.round(1000 * total.flops() / peak))),
        cores,
        peak / 1e9);
    out.flush();
  }
}
