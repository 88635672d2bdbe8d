package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.data.PreparedData;
import dev.sieve.search.Study;
import dev.sieve.search.StudyDefinition;
import dev.sieve.spark.ParquetTrialStore;
import dev.sieve.spark.SieveSession;
import dev.sieve.spark.SparkTrialExecutor;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Runs phases of one study on Spark: opens what it takes, listens to signals, prints progress and
 * the last words.
 */
final class StudyRun {
  private final StudyOptions options;
  private final PrintWriter out;
  private final PrintWriter err;

  StudyRun(StudyOptions options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the phases, each only if the one before it ended well.
   *
   * @param nextLevel a fine phase whose boxes moved runs as a new level
   * @return exit status of the last phase that ran
   */
  int run(List<Phase> phases, boolean nextLevel) throws InterruptedException, IOException {
    Experiment experiment = options.experiment();
    DataSet data = load(experiment);
    for (Phase phase : phases) {
      PreparedData.requireFits(data, experiment.resolve(phase, Experiment.OWN).data());
    }
    try (SparkSession spark =
            SieveSession.open("sieve " + experiment.study(), experiment.resultsDir());
        ParquetTrialStore store =
            ParquetTrialStore.open(
                spark, experiment.resultsDir(), experiment.study(), experiment.engineType(), data);
        SparkTrialExecutor executor =
            new SparkTrialExecutor(
                spark,
                data,
                experiment.engineType(),
                experiment.search(),
                experiment.resultsDir())) {
      Progress progress = new Progress(err, Terminal.interactive(), executor::live);
      Study study = new Study(definition(experiment, data), store, executor, progress);
      Summary summary = new Summary(spark, store, experiment, data, out);
      try (StopSignals signals = new StopSignals(study::stop)) {
        for (Phase phase : phases) {
          Study.Ending ending =
              phase == Phase.FINE && nextLevel ? study.runNextLevel() : study.run(phase);
          summary.ended(phase, ending);
          if (ending != Study.Ending.DONE) {
            return ExitStatus.of(ending);
          }
          if (signals.received()) {
            return ExitStatus.INTERRUPTED;
          }
        }
      }
      summary.whereTheTablesAre();
    }
    return ExitStatus.DONE;
  }

  private DataSet load(Experiment experiment) {
    DataSet data = experiment.data().load();
    err.printf(
        "study %s  data %s (%,d + %,d images, fingerprint %s)  engine %s%n",
        experiment.study(),
        data.name(),
        data.training().count(),
        data.test().count(),
        data.fingerprint(),
        experiment.engineType());
    if (data.name().equals("synthetic")) {
      err.println(
          "*** SYNTHETIC IMAGES, not CIFAR-10: no figure of this run says anything about CIFAR-10.");
      err.println(
          "*** For the real ones: submit/sieve data fetch, or put cifar-10-binary.tar.gz into "
              + experiment.data().path());
    }
    err.flush();
    return data;
  }

  static StudyDefinition definition(Experiment experiment, DataSet data) {
    return new StudyDefinition(
        experiment.study(),
        experiment.seed(),
        experiment.engineType(),
        data.name(),
        data.fingerprint(),
        experiment.coarse(),
        experiment.fine(),
        experiment.last(),
        experiment.search(),
        experiment,
        experiment.text());
  }
}
