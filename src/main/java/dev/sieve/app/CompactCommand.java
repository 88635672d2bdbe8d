package dev.sieve.app;

import dev.sieve.spark.StudyFiles;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "compact",
    description =
        "Makes one file a table of a study's many small ones; run and final do so at their end.",
    mixinStandardHelpOptions = true)
final class CompactCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STUDY", description = "The study's name.")
  private String study = "";

  @Mixin private ResultsOptions results = new ResultsOptions();
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("made by picocli alone");
    }
    String done = new StudyFiles(results.folder()).compact(study);
    spec.commandLine().getOut().println(study + ": " + done);
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
