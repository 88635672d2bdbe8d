package dev.sieve.app;

import dev.sieve.config.Experiment;
import dev.sieve.error.UserException;
import dev.sieve.spark.Queries;
import dev.sieve.spark.SieveSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = {
      "Asks the result tables in SQL; reads only.",
      "Tables: trials, epochs, studies, leaderboard, best. DESCRIBE trials says what the columns hold."
    },
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
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
      names = "--study",
      paramLabel = "NAME",
      description = "With --top: which study; the one that ran last if not named.")
  private @Nullable String study;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description = "With --top: coarse, fine or final; fine if it ran, else coarse, if not named.")
  private @Nullable String phase;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (one object a line). Default: ${DEFAULT-VALUE}.")
  private RowFormat format = RowFormat.TABLE;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A study's file, for its results folder.")
  private @Nullable Path file;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "The results folder, instead of a file's.")
  private @Nullable String results;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if ((sql == null) == (top == null)) {
      throw new UserException(
          "give one statement, or --top N, but got " + (sql == null ? "neither" : "both"));
    }
    if (top != null && top < 1) {
      throw new UserException("--top >= 1 must hold, but got " + top);
    }
    if (spec == null) {
      throw new IllegalStateException("made by picocli alone");
    }
    String folder = results != null ? results : Experiment.load(file, List.of()).resultsDir();
    try (SparkSession spark = SieveSession.open("sieve query", folder)) {
      Dataset<Row> rows = Queries.run(spark, sql != null ? sql : topSql(spark, top));
      format.print(rows, spec.commandLine().getOut());
    }
    return ExitStatus.DONE;
  }

  private String topSql(SparkSession spark, int count) {
    Leaderboards boards = new Leaderboards(spark);
    return boards.topSql(boards.choose(study, phase), count);
  }
}
