package dev.sieve.app;

import dev.sieve.trial.Phase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that runs phases of a study, one after the other. */
abstract class PhasesCommand implements Callable<Integer> {
  @Mixin private StudyOptions options = new StudyOptions();
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** The phases to run, in order. */
  abstract List<Phase> phases();

  /** What the command line says of phases that build on others. */
  StudyRun.Choices choices() {
    return StudyRun.Choices.NONE;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (spec == null) {
      throw new IllegalStateException("made by picocli alone");
    }
    return new StudyRun(spec.commandLine().getOut(), spec.commandLine().getErr())
        .run(options.experiment(), phases(), choices());
  }
}
