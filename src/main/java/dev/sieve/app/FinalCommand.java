package dev.sieve.app;

import dev.sieve.app.cli.StudyRun;
import dev.sieve.config.Experiment;
import dev.sieve.trial.Phase;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "final",
    description = "Trains the picked configurations in full and measures them on the test set.",
    mixinStandardHelpOptions = true)
final class FinalCommand extends PhasesCommand {
  @Option(
      names = "--allow-partial",
      description = "Pick from the last search phase that was begun, finished or not.")
  private boolean allowPartial;

  @Override
  StudyRun.Choices choices() {
    return new StudyRun.Choices(false, allowPartial, acceptLost());
  }

  @Override
  List<Phase> phases(Experiment experiment) {
    return List.of(Phase.FINAL);
  }
}
