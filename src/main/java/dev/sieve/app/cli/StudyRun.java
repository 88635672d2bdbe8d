package dev.sieve.app.cli;

import dev.sieve.app.text.PhaseSummary;
import dev.sieve.app.text.Progress;
import dev.sieve.app.text.Submit;
import dev.sieve.app.text.Terminal;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.error.UserException;
import dev.sieve.search.Study;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.ParquetTrialStore;
import dev.sieve.spark.task.SparkTrialExecutor;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Runs phases of one study on Spark: opens what it takes, listens to signals, prints progress and
 * the last words.
 */
public final class StudyRun {
  /** More files of one table than this become one at a study's end. */
  private static final int MOST_FILES = 16;

  /**
   * What a user may choose where a phase builds on another.
   *
   * @param nextLevel a fine phase whose boxes moved runs as a new level
   * @param allowPartial the other phase need not have finished
   * @param acceptLost lost trials count as ended
   */
  public record Choices(boolean nextLevel, boolean allowPartial, boolean acceptLost) {
    public static final Choices NONE = new Choices(false, false, false);
  }

  private final PrintWriter out;
  private final PrintWriter err;

  public StudyRun(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the phases, each only if the one before it ended well.
   *
   * @return exit status of the last phase that ran
   */
  public int run(Experiment experiment, List<Phase> phases, Choices choices)
      throws InterruptedException, IOException {
    experiment.notes().forEach(note -> err.println("sieve: " + note));
    StudyData data = new StudyData(experiment, phases, read -> announce(experiment, read));
    try (SparkSession spark =
        SieveSession.open("sieve " + experiment.study(), experiment.resultsDir())) {
      Option<String> ui = spark.sparkContext().uiWebUrl();
      if (ui.isDefined()) {
        err.println("Spark's UI: " + ui.get());
        err.flush();
      }
      return run(spark, experiment, data.in(spark), phases, choices);
    }
  }

  /** The same in a session that is open and stays so, with data that are loaded. */
  public int run(
      SparkSession spark, Experiment experiment, DataSet data, List<Phase> phases, Choices choices)
      throws InterruptedException, IOException {
    try (Warnings warnings = Warnings.of(err, experiment.study());
        ParquetTrialStore store =
            ParquetTrialStore.open(
                spark, experiment.resultsDir(), experiment.study(), experiment.engineType(), data);
        SparkTrialExecutor executor =
            new SparkTrialExecutor(
                spark,
                data,
                experiment.engineType(),
                experiment.search(),
                experiment.resultsDir(),
                experiment.checkpointEvery())) {
      Progress progress = new Progress(err, Terminal.interactive(), executor::live);
      Study study = new Study(experiment.definition(data), store, executor, progress);
      if (choices.allowPartial()) {
        study.allowPartial();
      }
      if (choices.acceptLost()) {
        study.acceptLost();
      }
      PhaseSummary summary = new PhaseSummary(store, experiment, data, out);
      try (StopSignals signals = new StopSignals(study::stop)) {
        for (Phase phase : phases) {
          Study.Ending ending =
              phase == Phase.FINE && choices.nextLevel() ? study.runNextLevel() : study.run(phase);
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
      if (phases.contains(Phase.FINAL)) {
        compact(store);
      }
    }
    return ExitStatus.DONE;
  }

  /**
   * What a finished study leaves is read more often than written; a failure costs nothing but time.
   */
  private void compact(ParquetTrialStore store) {
    try {
      store.compact(MOST_FILES);
    } catch (UserException e) {
      err.println("the study's files stay as many as they are: " + e.getMessage());
      err.flush();
    }
  }

  /** The line that a run begins with. */
  public void announce(Experiment experiment, DataSet data) {
    err.printf(
        Locale.ROOT,
        "study %s  data %s (%,d + %,d %s, fingerprint %s)  engine %s%n",
        experiment.study(),
        data.name(),
        data.training(),
        data.test(),
        data.examples(),
        data.fingerprint(),
        experiment.engineType());
    if (data.name().equals("synthetic")) {
      err.println(
          "*** SYNTHETIC IMAGES, not CIFAR-10: no figure of this run says anything about CIFAR-10.");
      err.println(
          "*** For the real ones: "
              + Submit.script("sieve")
              + " data fetch, or put cifar-10-binary.tar.gz into "
              + experiment.data().path());
    }
    err.flush();
  }
}
