package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "coarse",
    description = "Runs a study's coarse phase, or goes on with it.",
    mixinStandardHelpOptions = true)
final class CoarseCommand extends PhasesCommand {
  @Override
  List<Phase> phases(Experiment experiment) {
    return List.of(Phase.COARSE);
  }
}
