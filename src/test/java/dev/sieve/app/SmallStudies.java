package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.app.cli.StudyRun;
import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.spark.MortalFileSystem;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.sql.SparkRowReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whole studies of a second, run as the commands do in a session that stays open. */
final class SmallStudies implements AutoCloseable {
  private static final String NETWORK =
      """
      data { source = synthetic, train = 200, validation = 100 }
      network { hidden = [8] }
      """;

  /** Decides in virtual time. */
  static final String TPE =
      """
      study.name = tpe
      training { batch-size = 20, schedule { type = constant, epochs = 2 } }
      search.parallel = 3
      coarse {
        sampler = tpe, configurations = 14
        space { lambda { log10 = [-5, -1] }, eta { log10 = [-2.5, -0.5] } }
      }
      """;

  /** Decides who goes on, from checkpoints. */
  static final String HALVING =
      """
      study.name = halving
      training { batch-size = 20, schedule { type = cyclical, cycles = [1, 2] } }
      coarse {
        sampler = grid, replicates = 2
        rungs { type = halving, keep = [2] }
        space { lambda { log10 = [-4, -1], points = 2 }, eta { log10 = [-2, -0.5], points = 3 } }
      }
      """;

  /**
   * Two levels of fine, a final training, and a commit a trial, so that the files are compacted.
   */
  static final String LEVELS =
      """
      study.name = levels
      training { batch-size = 50, schedule { type = constant, epochs = 1 } }
      search.max-in-flight = 1
      engine.fuse = 1
      coarse {
        sampler = random, configurations = 10
        space { lambda { log10 = [-5, -1] }, eta { log10 = [-2.5, -0.5] } }
      }
      fine { top = 2, levels = 2, zoom { shrink = 0.5 }, sampler = random, configurations = 4 }
      final { top = 1, replicates = 2, data { train = 250, validation = 50 } }
      """;

  /** A grid of fine begins and ends where values of coarse and the schedule do. */
  static final String ENDS =
      """
      study.name = ends
      training { batch-size = 50, schedule { type = cyclical, eta-min = 0.005, half-cycle = 4, cycles = 1 } }
      coarse { sampler = grid, space { eta { values = [0.005, 0.05] } } }
      fine { top = 2, zoom { shrink = 1 }, sampler = grid, points = 3, replicates = 1 }
      """;

  /** Boxes around every corner, which end where the settings do. */
  static final String FREE =
      """
      study.name = free
      training { batch-size = 50, optimiser { type = momentum }, schedule { type = constant, eta = 0.05, epochs = 1 } }
      coarse {
        sampler = grid
        space { lambda { linear = [0, 0.01], points = 2 }, momentum { linear = [0.5, 0.95], points = 2 } }
      }
      fine { top = 4, zoom { shrink = 1, clip = false }, sampler = grid, points = 3, replicates = 1 }
      """;

  private final Path scratch;
  private final SparkSession spark;

  SmallStudies(Path scratch) {
    this.scratch = scratch;
    this.spark = SieveSession.open("small studies", scratch.toString());
    MortalFileSystem.settings().forEach(spark.sparkContext().hadoopConfiguration()::set);
  }

  /** What a command ended with, and all that it said. */
  record Ended(int status, String said) {}

  /** A file for {@code -c}. */
  Path file(String study) throws IOException {
    Path file = scratch.resolve(name(study) + ".conf");
    return Files.writeString(file, study + NETWORK, UTF_8);
  }

  static String name(String study) {
    return study.substring(study.indexOf("= ") + 2, study.indexOf('\n'));
  }

  /**
   * {@code submit/run} of a study in this session.
   *
   * @param results a folder or URI
   * @param overrides {@code key=value}
   */
  Ended run(String study, String results, String... overrides)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(overrides));
    words.add("results.dir=" + results);
    Experiment experiment = Experiment.load(file(study), words);
    DataSet data = experiment.data().load(new SparkRowReader(spark));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int status =
        new StudyRun(out, out)
            .run(spark, experiment, data, experiment.phases(), StudyRun.Choices.NONE);
    return new Ended(status, said.toString());
  }

  /** Every row of trials and epochs without the columns {@code run_*}, as sorted lines. */
  List<String> table(Path results) {
    spark.conf().set("spark.sieve.results", results.toString());
    List<String> lines = new ArrayList<>();
    for (String view : List.of("trials", "epochs")) {
      Dataset<Row> rows = spark.table(view);
      String[] machine =
          Arrays.stream(rows.columns())
              .filter(name -> name.startsWith("run_"))
              .toArray(String[]::new);
      rows.drop(machine).toJSON().collectAsList().forEach(row -> lines.add(view + " " + row));
    }
    Collections.sort(lines);
    return lines;
  }

  /** The rows of a file of comma-separated values as Parquet, in so many files. */
  void parquet(Path csv, int files, Path to) {
    spark
        .read()
        .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "NA"))
        .csv(csv.toString())
        .repartition(files)
        .write()
        .parquet(to.toString());
  }

  /** A query's first row. */
  Row row(Path results, String sql) {
    spark.conf().set("spark.sieve.results", results.toString());
    return spark.sql(sql).first();
  }

  @Override
  public void close() {
    spark.stop();
  }
}
