package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.serve.LiveServer;
import dev.sieve.app.serve.LiveSource;
import dev.sieve.app.serve.PageSource;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    description = {
      "Shows all studies of a results folder in a browser, during and after their runs; only"
          + " reads.",
      "Ends with Ctrl-C."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand extends CliCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Parameters(paramLabel = "key=value", description = "Settings, such as results.dir=DIR.")
  private List<String> overrides = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port = 8710;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on; 0.0.0.0 for all of this machine's, where whoever reaches it reads"
              + " all results. Default: ${DEFAULT-VALUE}.")
  private String bind = "127.0.0.1";

  @Mixin private ResultsOptions folder = new ResultsOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException("0 <= --port <= 65535 must hold, but got " + port);
    }
    InetSocketAddress address = new InetSocketAddress(address(), port);
    String results = folder.folder(overrides);
    try (Warnings warnings = Warnings.of(err(), null);
        SparkSession spark = SieveSession.reader("sieve serve", results)) {
      ReportReader reader = new ReportReader(spark, results);
      LiveSource source =
          new LiveSource(
              reader, new PageSource(reader, results, text -> warnings.say(text, false)));
      try (LiveServer server = start(address, source::answer)) {
        out().println("serving " + results + " at " + server.url());
        out().flush();
        new CountDownLatch(1).await();
      }
    }
    return ExitStatus.DONE;
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new UserException("--bind must be an address of this machine, but got " + bind, e);
    }
  }

  private static LiveServer start(InetSocketAddress address, LiveServer.Data data) {
    try {
      return new LiveServer(address, data);
    } catch (IOException e) {
      throw new UserException(
          "serve must listen on %s, but says: %s; take another --port (0 for any) or --bind"
              .formatted(address, e.getMessage()),
          e);
    }
  }
}
