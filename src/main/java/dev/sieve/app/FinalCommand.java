package dev.sieve.app;

import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "final",
    description = "Trains the picked configurations in full and measures them on the test set.",
    mixinStandardHelpOptions = true)
final class FinalCommand extends PhasesCommand {
  @Override
  List<Phase> phases() {
    return List.of(Phase.FINAL);
  }
}
