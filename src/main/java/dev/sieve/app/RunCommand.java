package dev.sieve.app;

import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "run",
    description = "Runs a study whole: coarse, fine, final.",
    mixinStandardHelpOptions = true)
final class RunCommand extends PhasesCommand {
  @Override
  List<Phase> phases() {
    return List.of(Phase.COARSE, Phase.FINE, Phase.FINAL);
  }
}
