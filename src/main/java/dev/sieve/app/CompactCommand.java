package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.spark.store.StudyFolders;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "compact",
    description =
        "Makes one file a table of a study's many small ones; run and final do so at their end.",
    mixinStandardHelpOptions = true)
final class CompactCommand extends CliCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STUDY", description = "The study's name.")
  private String study = "";

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    try (Warnings warnings = Warnings.of(err(), study)) {
      String done = new StudyFolders(results.folder()).compact(study);
      out().println(study + ": " + done);
      out().flush();
      return warnings.status();
    }
  }
}
