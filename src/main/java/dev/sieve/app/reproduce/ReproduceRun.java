package dev.sieve.app.reproduce;

import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.StudyRun;
import dev.sieve.app.text.Terminal;
import dev.sieve.config.Experiment;
import dev.sieve.data.ImageSet;
import dev.sieve.data.source.DataSource;
import dev.sieve.error.UserException;
import dev.sieve.report.Numbers;
import dev.sieve.reproduce.Catalogue;
import dev.sieve.reproduce.CheckRow;
import dev.sieve.reproduce.CurvePoint;
import dev.sieve.reproduce.Evidence;
import dev.sieve.reproduce.GradientChecks;
import dev.sieve.reproduce.MachinePeak;
import dev.sieve.reproduce.Reproduction;
import dev.sieve.reproduce.StudyCost;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.ReportReader;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs experiments of the reports one after the other in one session, as {@link StudyRun} runs any
 * study, and tells what came of them. One that fails does not stop the others.
 */
final class ReproduceRun {
  private static final String CHECKS = "checks.csv";
  private static final String RUNS = "runs.txt";

  private final String what;
  private final List<Catalogue.Entry> entries;
  private final Map<String, Experiment> studies;
  private final Experiment first;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<DataSource, ImageSet> images = new HashMap<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * @param studies by the name of their file; at least one
   */
  ReproduceRun(
      String what,
      List<Catalogue.Entry> entries,
      Map<String, Experiment> studies,
      PrintWriter out,
      PrintWriter err) {
    this.what = what;
    this.entries = entries;
    this.studies = studies;
    this.first = studies.values().iterator().next();
    this.out = out;
    this.err = err;
  }

  /** Runs what has no rows yet, and reports. */
  int run() throws IOException, InterruptedException {
    Instant started = Instant.now();
    try (SparkSession spark = SieveSession.open("sieve reproduce", first.resultsDir())) {
      ReproduceFolder folder = new ReproduceFolder(spark, first.resultsDir());
      int cores = spark.sparkContext().defaultParallelism();
      double peak = MachinePeak.gigaflops(cores);
      StudyCost left = left(spark);
      checks(folder);
      int count = 0;
      for (Map.Entry<String, Experiment> study : studies.entrySet()) {
        err.printf("%n[%s of %s] %s%n", ++count, studies.size(), study.getKey());
        err.flush();
        if (!study.getKey().isEmpty()
            && runStudy(spark, study.getValue()) == ExitStatus.INTERRUPTED) {
          out.println("stopped; the same command goes on from here");
          out.flush();
          return ExitStatus.INTERRUPTED;
        }
      }
      double seconds = Duration.between(started, Instant.now()).toMillis() / 1e3;
      double peakNow = Math.max(peak, MachinePeak.gigaflops(cores));
      String line = runLine(started, left, seconds, cores, peakNow);
      folder.write(RUNS, folder.read(RUNS) + line + "\n");
      tell(spark, folder, line);
    }
    failures.forEach(failure -> err.println("failed: " + failure));
    err.flush();
    return failures.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILING_TRIALS;
  }

  /** Reports on what has run. */
  int report() throws IOException {
    try (SparkSession spark = SieveSession.open("sieve reproduce", first.resultsDir())) {
      tell(spark, new ReproduceFolder(spark, first.resultsDir()), "");
    }
    return ExitStatus.DONE;
  }

  private int runStudy(SparkSession spark, Experiment experiment) throws InterruptedException {
    // Leaderboards are progress here; standard output is for the comparison.
    StudyRun run = new StudyRun(err, err);
    try {
      ImageSet data = images(experiment);
      List<Phase> phases = experiment.phases();
      experiment.requireFits(data, phases);
      int status = run.run(spark, experiment, data, phases, StudyRun.Choices.NONE);
      if (status != ExitStatus.DONE && status != ExitStatus.INTERRUPTED) {
        failures.add(experiment.study() + ": exit status " + status);
      }
      return status;
    } catch (UserException | IOException e) {
      failures.add(experiment.study() + ": " + e.getMessage());
      return ExitStatus.USER_ERROR;
    } catch (RuntimeException e) {
      if (spark.sparkContext().isStopped()) {
        throw e;
      }
      e.printStackTrace(err);
      failures.add(experiment.study() + ": " + e);
      return ExitStatus.INTERNAL_ERROR;
    }
  }

  private ImageSet images(Experiment experiment) {
    return images.computeIfAbsent(
        experiment.data(),
        source -> {
          ImageSet read = source.images();
          new StudyRun(err, err).announce(experiment, read);
          return read;
        });
  }

  /** Gradient checks that no run has made yet. */
  private void checks(ReproduceFolder folder) throws IOException {
    List<CheckRow> rows = new ArrayList<>(CheckRow.read(folder.read(CHECKS)));
    for (Catalogue.Entry entry : entries) {
      for (String check : entry.checks()) {
        if (rows.stream().noneMatch(row -> row.check().equals(check))) {
          err.println("gradient check " + check);
          err.flush();
          rows.addAll(GradientChecks.run(check, images(first).trainingImages()));
        }
      }
    }
    folder.write(CHECKS, CheckRow.csv(rows));
  }

  private void tell(SparkSession spark, ReproduceFolder folder, String line) throws IOException {
    List<Catalogue.Entry> every = Catalogue.load().entries();
    ReproduceTables tables =
        new ReproduceTables(
            new ReportReader(spark, first.resultsDir()),
            Catalogue.studies(every).stream().map(Catalogue::studyName).toList());
    List<CurvePoint> points = tables.points();
    Evidence evidence = new Evidence(tables.trials(), points, CheckRow.read(folder.read(CHECKS)));
    Reproduction reproduction = Reproduction.of(evidence, folder.read(RUNS).lines().toList());
    Reproduction.lines(reproduction.of(entries), Terminal.width()).forEach(out::println);
    out.println();
    reproduction.claimLines().forEach(out::println);
    folder.write("comparison.csv", reproduction.csv());
    folder.write("comparison.md", reproduction.markdown());
    folder.write("report.html", reproduction.html());
    out.println();
    for (String file : List.of("comparison.csv", "comparison.md", "report.html")) {
      out.println(folder.place(file));
    }
    if (!line.isEmpty()) {
      out.println(line);
    }
    out.flush();
  }

  /** Of the trials that have no row yet. */
  private StudyCost left(SparkSession spark) {
    Map<String, Long> finished = new HashMap<>();
    for (Row row :
        Queries.rows(
            spark, "SELECT study, count(*) FROM trials WHERE status <> 'lost' GROUP BY study")) {
      finished.put(row.getString(0), row.getLong(1));
    }
    StudyCost left = StudyCost.NOTHING;
    for (Map.Entry<String, Experiment> study : studies.entrySet()) {
      if (!study.getKey().isEmpty()) {
        int testImages = images(study.getValue()).test();
        StudyCost cost = StudyCost.of(study.getValue(), testImages);
        long done = finished.getOrDefault(study.getValue().study(), 0L);
        left = left.plus(cost.times(Math.max(0, 1 - (double) done / cost.trials())));
      }
    }
    return left;
  }

  private String runLine(
      Instant started, StudyCost cost, double seconds, int cores, double gigaflops) {
    double atPeak = cost.flops() / (gigaflops * 1e9);
    return String.format(
        Locale.ROOT,
        "%s  %s  %d cores, peak %.0f GFLOP/s, JVM %s: %.1f TFLOP of training and %.1f of evaluations in %s; at the peak %s; ratio %.2f",
        started.truncatedTo(ChronoUnit.MINUTES),
        what,
        cores,
        gigaflops,
        Runtime.version().feature(),
        cost.training() / 1e12,
        cost.evaluation() / 1e12,
        duration(seconds),
        duration(atPeak),
        atPeak == 0 ? 0 : seconds / atPeak);
  }

  private static String duration(double seconds) {
    return Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }
}
