package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.error.UserException;
import dev.sieve.spark.store.StudyFolders;
import java.io.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Removes a study: its rows, its models, everything. Asks first.",
    mixinStandardHelpOptions = true)
final class DeleteCommand extends CliCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STUDY", description = "The study's name.")
  private String study = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    String folder = results.folder();
    StudyFolders files = new StudyFolders(folder);
    files.require(study);
    if (!yes) {
      confirm(folder);
    }
    files.delete(study);
    out().println(study + " is removed from " + folder);
    out().flush();
    return ExitStatus.DONE;
  }

  private void confirm(String folder) {
    Console console = System.console();
    if (console == null) {
      throw new UserException(
          "delete asks before it removes a study, but there is no terminal to ask: give --yes");
    }
    String typed =
        console.readLine(
            "This removes every trial, curve and model of %s from %s for good.%nType the study's name to go on: ",
            study, folder);
    if (!study.equals(typed)) {
      throw new UserException("nothing is removed: the study's name must be typed, but was not");
    }
  }
}
