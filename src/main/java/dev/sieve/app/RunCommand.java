package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "run",
    description = "Runs a study whole: those of coarse, fine and final that its file has.",
    mixinStandardHelpOptions = true)
final class RunCommand extends PhasesCommand {
  @Override
  List<Phase> phases(Experiment experiment) {
    List<Phase> phases = experiment.phases();
    if (phases.isEmpty()) {
      throw new UserException(
          "the file must have a phase to run, but has none: add coarse { space { … } }, or final { values { } }");
    }
    return phases;
  }
}
