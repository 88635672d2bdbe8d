package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.text.Terminal;
import dev.sieve.report.Numbers;
import dev.sieve.report.TextTable;
import dev.sieve.report.TextTable.Align;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.StudyFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "studies",
    description = "Lists the studies of a results folder: phases, state, trials, best, last trial.",
    mixinStandardHelpOptions = true)
final class StudiesCommand extends CliCommand implements Callable<Integer> {
  private static final String SQL =
      """
      SELECT s.study, s.phase, s.level, s.state, s.trials, coalesce(t.ended, 0), coalesce(t.failures, 0), t.best,
        date_format(t.last, 'yyyy-MM-dd HH:mm:ss')
      FROM studies s LEFT JOIN (
        SELECT study, phase, level, count_if(status <> 'paused') AS ended,
          count_if(status IN ('failed', 'lost', 'diverged')) AS failures,
          max(CASE WHEN status = 'done' THEN validation_accuracy END) AS best,
          max(run_started + make_dt_interval(0, 0, 0, run_seconds)) AS last
        FROM trials GROUP BY study, phase, level) t
      ON s.study = t.study AND s.phase = t.phase AND s.level = t.level
      ORDER BY s.study, CASE s.phase WHEN 'coarse' THEN 0 WHEN 'fine' THEN 1 ELSE 2 END, s.level""";

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    String folder = results.there(List.of());
    StudyFolders files = new StudyFolders(folder);
    TextTable table =
        new TextTable()
            .column("study", Align.LEFT)
            .column("phase", Align.LEFT)
            .column("state", Align.LEFT)
            .column("trials", Align.RIGHT)
            .column("without result", Align.RIGHT)
            .column("best validation", Align.RIGHT)
            .column("last trial ended", Align.RIGHT);
    try (Warnings warnings = Warnings.of(err(), null);
        SparkSession spark = SieveSession.reader("sieve studies", folder)) {
      List<Row> rows = Queries.rows(spark, SQL);
      for (Row row : rows) {
        int level = row.getInt(2);
        table.row(
            row.getString(0),
            row.getString(1) + (level > 1 ? " " + level : ""),
            state(files, row),
            row.getLong(5) + "/" + row.getInt(4),
            Long.toString(row.getLong(6)),
            Numbers.percent(row.isNullAt(7) ? null : row.getDouble(7)),
            row.isNullAt(8) ? "–" : row.getString(8));
      }
      if (rows.isEmpty()) {
        out.println("no study yet in " + folder);
      } else {
        table.fitted(Terminal.width()).forEach(out::println);
      }
      out.flush();
      return warnings.status();
    }
  }

  /** A phase that has not ended is either being run, or waits for somebody to go on with it. */
  private static String state(StudyFolders files, Row row) throws IOException {
    String state = row.getString(3);
    return state.equals("running") && !files.running(row.getString(0)) ? "stopped" : state;
  }
}
