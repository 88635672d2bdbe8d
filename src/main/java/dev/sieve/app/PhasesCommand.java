package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.trial.Phase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that runs phases of a study, one after the other. */
abstract class PhasesCommand extends CliCommand implements Callable<Integer> {
  @Mixin private StudyOptions options = new StudyOptions();

  /** The phases to run, in order. */
  abstract List<Phase> phases(Experiment experiment);

  /** What the command line says of phases that build on others. */
  StudyRun.Choices choices() {
    return StudyRun.Choices.NONE;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Experiment experiment = options.experiment();
    return new StudyRun(out(), err()).run(experiment, phases(experiment), choices());
  }
}
