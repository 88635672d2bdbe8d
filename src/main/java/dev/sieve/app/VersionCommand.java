package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.spark.store.Machine;
import java.util.concurrent.Callable;
import org.apache.spark.package$;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Prints the versions of Sieve, Spark and the JVM.",
    mixinStandardHelpOptions = true)
final class VersionCommand extends CliCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    for (String line : Provider.lines()) {
      out().println(line);
    }
    return ExitStatus.DONE;
  }

  /** For {@code --version}. */
  static final class Provider implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return lines();
    }

    static String[] lines() {
      return new String[] {
        "sieve " + Machine.codeVersion(),
        "spark " + package$.MODULE$.SPARK_VERSION(),
        "jvm " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
      };
    }
  }
}
