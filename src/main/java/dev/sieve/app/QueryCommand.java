package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.text.LeaderboardChoice;
import dev.sieve.app.text.RowFormat;
import dev.sieve.app.text.SideBySide;
import dev.sieve.app.text.TableFile;
import dev.sieve.app.text.Terminal;
import dev.sieve.config.UserPath;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.OwnFolders;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = {
      "Asks the result tables in SQL; reads only.",
      "Tables: trials, epochs, curves, studies, leaderboard, best, failures. DESCRIBE trials says what the columns hold."
    },
    mixinStandardHelpOptions = true)
final class QueryCommand extends CliCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SQL",
      arity = "0..1",
      description = "One statement: SELECT, DESCRIBE, SHOW or EXPLAIN.")
  private @Nullable String sql;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "The first N configurations of a study's leaderboard instead of a statement.")
  private @Nullable Integer top;

  @Option(
      names = "--compare",
      paramLabel = "NAME",
      arity = "2",
      description =
          "Two studies by their best configurations, or two configurations of a study, side by side.")
  private List<String> compare = List.of();

  @Option(
      names = "--study",
      paramLabel = "NAME",
      description = "With --top and --compare: which study; the one that ran last if not named.")
  private @Nullable String study;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description =
          "With --top and --compare: coarse, fine or final; fine if it ran, else coarse, if not named.")
  private @Nullable String phase;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, csv, json (one object a line), or parquet (with --output). Default: ${DEFAULT-VALUE}.")
  private RowFormat format = RowFormat.TABLE;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write there, not to the terminal.")
  private @Nullable String output;

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = out();
    String folder = results.existing(List.of());
    if (output != null) {
      OwnFolders.requireOutside(folder, UserPath.of("--output", output));
    }
    try (Warnings warnings = Warnings.of(err(), null);
        SparkSession spark = SieveSession.reader("sieve query", folder)) {
      if (!compare.isEmpty()) {
        new SideBySide(new ReportReader(spark, folder), study, phase)
            .lines(compare.get(0), compare.get(1), Terminal.width())
            .forEach(out::println);
        out.flush();
        return warnings.status();
      }
      Dataset<Row> rows =
          sql != null ? Queries.run(spark, sql) : top(spark, folder, top == null ? 0 : top);
      if (output == null) {
        format.print(rows, out);
      } else {
        new TableFile(spark.sparkContext().hadoopConfiguration(), output).write(rows, format);
      }
      return warnings.status();
    }
  }

  private void check() {
    long given = Stream.of(sql != null, top != null, !compare.isEmpty()).filter(b -> b).count();
    if (given != 1) {
      throw new UserException(
          "give one statement, or --top N, or --compare A B, but got "
              + (given == 0 ? "none of them" : "several of them"));
    }
    if (top != null && top < 1) {
      throw new UserException("--top >= 1 must hold, but got " + top);
    }
    if (format == RowFormat.PARQUET && output == null) {
      throw new UserException(
          "--format parquet needs --output FILE: it is no text that could be printed");
    }
    if (!compare.isEmpty() && (format != RowFormat.TABLE || output != null)) {
      throw new UserException(
          "--compare is for reading: it takes no --format and no --output; SELECT from leaderboard gives its figures");
    }
  }

  private Dataset<Row> top(SparkSession spark, String folder, int count) {
    LeaderboardChoice boards = new LeaderboardChoice(new ReportReader(spark, folder));
    return spark.createDataFrame(boards.choose(study, phase).top(count), LeaderboardChoice.COLUMNS);
  }
}
