package dev.sieve.app;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.text.RowFormat;
import dev.sieve.app.text.TableFile;
import dev.sieve.config.UserPath;
import dev.sieve.error.UserException;
import dev.sieve.spark.sql.Queries;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.OwnFolders;
import dev.sieve.spark.store.StudyFolders;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Writes a study's trials and epochs into two files for other tools.",
    mixinStandardHelpOptions = true)
final class ExportCommand extends CliCommand implements Callable<Integer> {
  /** What the files hold; lists and maps are JSON text in csv. */
  enum Format {
    CSV(RowFormat.CSV),
    JSONL(RowFormat.JSON),
    PARQUET(RowFormat.PARQUET);

    private final RowFormat rows;

    Format(RowFormat rows) {
      this.rows = rows;
    }

    String suffix() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "STUDY", description = "The study's name.")
  private String study = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "csv, jsonl (one object a line) or parquet.")
  private Format format = Format.CSV;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "A folder, which gets trials and epochs; a local path or any Hadoop URI.")
  private String output = "";

  @Mixin private ResultsOptions results = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    if (output.isBlank()) {
      throw new UserException("--output must name a folder, but it is empty");
    }
    String folder = results.folder();
    OwnFolders.requireOutside(folder, UserPath.of("--output", output));
    new StudyFolders(folder).require(study);
    try (Warnings warnings = Warnings.of(err(), study);
        SparkSession spark = SieveSession.reader("sieve export", folder)) {
      TableFile.makeFolder(spark.sparkContext().hadoopConfiguration(), output);
      for (String view : List.of("trials", "epochs")) {
        String path = output + "/" + view + format.suffix();
        TableFile file = new TableFile(spark.sparkContext().hadoopConfiguration(), path);
        Dataset<Row> rows =
            Queries.run(
                spark,
                "SELECT * FROM %s WHERE study = '%s' ORDER BY phase, level, configuration, replicate%s"
                    .formatted(view, study, view.equals("epochs") ? ", step" : ""));
        file.write(rows, format.rows);
        out().println(path);
      }
      out().flush();
      return warnings.status();
    }
  }
}
