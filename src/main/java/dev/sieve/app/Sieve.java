package dev.sieve.app;

import dev.sieve.error.UserException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The main class of the one jar. Exit status: see {@link ExitStatus}. */
@Command(
    name = "sieve",
    description =
        "Finds good hyperparameters for batch-normalised networks on CIFAR-10, coarse first and then fine, on Spark.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    subcommands = {
      RunCommand.class,
      CoarseCommand.class,
      FineCommand.class,
      FinalCommand.class,
      PreviewCommand.class,
      QueryCommand.class,
      StudiesCommand.class,
      ShowCommand.class,
      ExportCommand.class,
      CompactCommand.class,
      DeleteCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      GradcheckCommand.class,
      BenchCommand.class,
      DataCommand.class,
      ReproduceCommand.class,
      VersionCommand.class
    })
public final class Sieve extends CliCommand implements Runnable {
  public static void main(String[] arguments) {
    // Spark's non-daemon threads would keep the JVM alive; its shutdown hooks end the session.
    StandardError.take(System.getenv("SIEVE_STDERR"));
    SparkLog log = new SparkLog(System.getenv("SIEVE_LOG"));
    int status = commandLine().execute(arguments);
    log.tell(status, System.err);
    System.exit(status);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sieve());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Sieve::wrongUse);
    line.setExecutionExceptionHandler(Sieve::failed);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(line(), "a command is needed");
  }

  private static int wrongUse(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("sieve: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    String[] words = line.getCommandSpec().qualifiedName().split(" ", 2);
    String command = words.length > 1 ? " " + words[1] : "";
    err.println("See: " + Submit.script("sieve") + command + " --help");
    err.flush();
    return ExitStatus.USER_ERROR;
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (e instanceof UserException) {
      err.println("sieve: " + e.getMessage());
      err.flush();
      return ExitStatus.USER_ERROR;
    }
    err.println("sieve: this is a fault of Sieve's own; what was finished is kept");
    e.printStackTrace(err);
    err.flush();
    return ExitStatus.INTERNAL_ERROR;
  }
}
