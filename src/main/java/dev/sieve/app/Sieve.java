package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.EndedByUser;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.SparkLog;
import dev.sieve.app.cli.StandardError;
import dev.sieve.app.cli.Trouble;
import dev.sieve.app.cli.WrongUse;
import dev.sieve.app.reproduce.ReproduceCommand;
import dev.sieve.app.text.Submit;
import dev.sieve.config.UserPath;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.SieveSession;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    StandardError.take(System.getenv("SIEVE_STDERR"), System.getenv("SIEVE_LOG"));
    EndedByUser.listen(System.err);
    SparkLog log = new SparkLog(System.getenv("SIEVE_LOG"));
    int status = commandLine().execute(arguments);
    if (!EndedByUser.ending()) {
      log.tell(status, System.err);
    }
    System.exit(status);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sieve());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false); // no page says that @name would be read as a file of words
    line.registerConverter(Path.class, Sieve::path);
    line.setExecutionStrategy(Sieve::execute);
    line.setParameterExceptionHandler(Sieve::wrongUse);
    line.setExecutionExceptionHandler(Sieve::failed);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(line(), "a command is needed");
  }

  private static Path path(String text) {
    try {
      return Path.of(UserPath.expanded(text));
    } catch (InvalidPathException e) {
      throw new UserException(String.valueOf(Trouble.of(e)), e);
    }
  }

  /** A JVM without memory is told as what can be mended, too. */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      throw new CommandLine.ExecutionException(
          parsed.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int wrongUse(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("sieve: " + Submit.placed(WrongUse.message(e, arguments)));
    String[] words = line.getCommandSpec().qualifiedName().split(" ", 2);
    String command = words.length > 1 ? " " + words[1] : "";
    err.println("See: " + Submit.script("sieve") + command + " --help");
    err.flush();
    return ExitStatus.USER_ERROR;
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    if (EndedByUser.ending()) {
      return ExitStatus.INTERRUPTED;
    }
    PrintWriter err = line.getErr();
    String trouble = Trouble.of(e);
    if (trouble != null) {
      err.println("sieve: " + Submit.placed(trouble));
      err.flush();
      return ExitStatus.USER_ERROR;
    }
    String stopped = SieveSession.stopped(e);
    if (stopped != null) {
      err.println("sieve: " + stopped);
      err.flush();
      return ExitStatus.USER_ERROR;
    }
    err.println("sieve: this is a fault of Sieve's own; what was finished is kept");
    e.printStackTrace(err);
    err.flush();
    return ExitStatus.INTERNAL_ERROR;
  }
}
