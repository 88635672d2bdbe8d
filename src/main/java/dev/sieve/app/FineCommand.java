package dev.sieve.app;

import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "fine",
    description = "Zooms in on the best of the coarse phase and runs the fine phase.",
    mixinStandardHelpOptions = true)
final class FineCommand extends PhasesCommand {
  @Option(
      names = "--next-level",
      description = "Where coarse grew and the boxes moved: run them as the next level.")
  private boolean nextLevel;

  @Override
  boolean nextLevel() {
    return nextLevel;
  }

  @Override
  List<Phase> phases() {
    return List.of(Phase.FINE);
  }
}
