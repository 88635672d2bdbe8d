package dev.sieve.app;

import dev.sieve.app.cli.StudyRun;
import dev.sieve.config.Experiment;
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
      description =
          "Where what a level zooms in on grew and its boxes moved: run them as the next level.")
  private boolean nextLevel;

  @Option(
      names = "--allow-partial",
      description = "Zoom in on the best so far where coarse has not finished.")
  private boolean allowPartial;

  @Override
  StudyRun.Choices choices() {
    return new StudyRun.Choices(nextLevel, allowPartial, acceptLost());
  }

  @Override
  List<Phase> phases(Experiment experiment) {
    return List.of(Phase.FINE);
  }
}
