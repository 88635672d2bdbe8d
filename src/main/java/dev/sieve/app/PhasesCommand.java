package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.StudyOptions;
import dev.sieve.app.cli.StudyRun;
import dev.sieve.config.Experiment;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that runs phases of a study, one after the other. */
abstract class PhasesCommand extends CliCommand implements Callable<Integer> {
  @Mixin private StudyOptions options = new StudyOptions();

  /** The phases to run, in order. */
  abstract List<Phase> phases(Experiment experiment);

  @Option(
      names = "--accept-lost",
      description =
          "Go on without trials that were lost with their executors, instead of stopping or training them again.")
  private boolean acceptLost;

  /** What the command line says of phases that build on others. */
  StudyRun.Choices choices() {
    return new StudyRun.Choices(false, false, acceptLost);
  }

  final boolean acceptLost() {
    return acceptLost;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Experiment experiment = options.experiment();
    return new StudyRun(out(), err()).run(experiment, phases(experiment), choices());
  }
}
