package dev.sieve.app;

import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "fine",
    description = "Zooms in on the best of the coarse phase and runs the fine phase.",
    mixinStandardHelpOptions = true)
final class FineCommand extends PhasesCommand {
  @Override
  List<Phase> phases() {
    return List.of(Phase.FINE);
  }
}
