package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sieve.docs.DocPage;
import dev.sieve.docs.Python;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions that are not Sieve's own see the tables with the lines that the pages show: spark-sql, a
 * Java program, PySpark. They run as written, in a folder that has {@code target/sieve.jar} and
 * {@code data/results} as the reader's has.
 */
class DocumentedSessionsIT {
  /** What a released version wrote: one trial that is done, one that diverged, one that failed. */
  private static final Path FIXTURE = Path.of("src/test/resources/tables/0.1.0");

  private static final String CATALOG = "dev.sieve.spark.SieveCatalog";

  @TempDir Path scratch;

  @BeforeEach
  void lay() throws IOException {
    try (Stream<Path> all = Files.walk(FIXTURE)) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        Path to = scratch.resolve("data/results").resolve(FIXTURE.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    Files.createDirectories(scratch.resolve("target"));
    Files.copy(Launcher.TOP.resolve("target/sieve.jar"), scratch.resolve("target/sieve.jar"));
  }

  @Test
  void theJavaProgram() throws IOException, InterruptedException {
    String jar = jar("Program", DocPage.tables().block("java", "SparkSession"));
    String submit = DocPage.tables().block("", "spark-submit --jars");
    Launcher.Ended ended =
        shell(
            submit
                .replace("spark-submit ", Launcher.TOP + "/submit/spark-submit --master local[1] ")
                .replace("YourProgram", "Program")
                .replace("your-program.jar", jar));

    assertThat(ended.status()).as(ended.err()).isZero();
    List<String> table = ended.out().lines().filter(line -> line.startsWith("|")).toList();
    assertThat(table).hasSize(2);
    List<String> header = cells(table.get(0));
    List<String> row = cells(table.get(1));
    assertThat(row.get(header.indexOf("study"))).isEqualTo("demo");
    assertThat(row.get(header.indexOf("status"))).isEqualTo("done");
    assertThat(row.get(header.indexOf("lambda"))).isEqualTo("1.0");
    assertThat(row.get(header.indexOf("validation_accuracy"))).isEqualTo("0.5");
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).map(String::strip).toList();
  }

  /** Where no spark-sql is installed, its options still have to bring a session to the tables. */
  @Test
  void theOptionsOfTheSparkSqlLine() throws IOException, InterruptedException {
    String jar =
        jar(
            "Shell",
            """
            SparkSession.builder().getOrCreate().sql(args[0]).collectAsList()
                .forEach(row -> System.out.println(row.mkString("\\t")));
            """);
    Path bin = Files.createDirectories(scratch.resolve("bin"));
    Path standIn =
        Files.writeString(
            bin.resolve("spark-sql"),
            """
            #!/usr/bin/env bash
            options=()
            while [ "$1" != -e ]; do options+=("$1"); shift; done
            exec '%s/submit/spark-submit' --master 'local[1]' "${options[@]}" --class Shell %s "$2"
            """
                .formatted(Launcher.TOP, jar));
    assertThat(standIn.toFile().setExecutable(true)).isTrue();

    Launcher.Ended ended =
        shell("PATH='" + bin + "':\"$PATH\"\n" + DocPage.tables().block("", CATALOG));

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualTo("1\t1.0\t0.1\t0.01\t0.5\n2\t2.0\t0.1\t0.01\tnull\n3\t3.0\t0.1\t0.01\tnull\n");
  }

  private static List<String> options(String line) {
    String before = line.substring(0, line.indexOf(" -e ")).replace("\\\n", " ");
    return Stream.of(before.split(" (?=--)")).map(String::strip).sorted().toList();
  }

  @Test
  void theReadmeShowsWhatIsTested() throws IOException {
    DocPage readme = DocPage.of("README.md");
    assertThat(readme.block("java", "SparkSession"))
        .isEqualTo(DocPage.tables().block("java", "SparkSession"));
    assertThat(readme.block("python", "spark.jars"))
        .isEqualTo(DocPage.tables().block("python", "spark.jars"));
    assertThat(options(readme.block("", CATALOG)))
        .isEqualTo(options(DocPage.tables().block("", CATALOG)));
  }

  @Test
  void theSparkSqlLinesInAnInstalledShell() throws IOException, InterruptedException {
    assumeTrue(
        shell("type spark-sql").status() == 0,
        "skipped: there is no spark-sql on the PATH, which a whole Spark installation brings");
    for (DocPage page : List.of(DocPage.tables(), DocPage.of("README.md"))) {
      Launcher.Ended ended = shell("unset SPARK_HOME\n" + page.block("", CATALOG));
      assertThat(ended.status()).as(ended.err()).isZero();
      assertThat(ended.out()).contains("1\t1.0\t0.1\t0.01\t0.5\n").contains("3\t3.0\t");
    }
  }

  @Test
  void thePySparkLines() throws IOException, InterruptedException {
    String python = Python.with("pyspark", "pandas");
    String script =
        "import os\nos.environ.pop('SPARK_HOME', None)\nfrom pyspark.sql import SparkSession\n"
            + DocPage.tables().block("python", "spark.jars").replace("'final'", "'coarse'")
            + "print(len(curves), curves['validation_accuracy'].tolist())\n";
    Python.Ended ended = Python.run(python, script, scratch);
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("[0.5, 0.5");
  }

  /** A class around some statements, compiled against the Spark that users have. */
  private String jar(String name, String statements) throws IOException {
    Path source =
        Files.writeString(
            scratch.resolve(name + ".java"),
            """
            import org.apache.spark.sql.SparkSession;

            public class %s {
              public static void main(String[] args) {
            %s
              }
            }
            """
                .formatted(name, statements));
    Path classes = Files.createDirectories(scratch.resolve(name));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    JavaCompiler compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    String spark;
    try (Stream<Path> jars = Files.list(Launcher.TOP.resolve("target/spark/jars"))) {
      spark = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
    assertThat(
            compiler.run(
                null, said, said, "-proc:none", "-cp", spark, "-d", "" + classes, "" + source))
        .as(said.toString(UTF_8))
        .isZero();
    Path jar = scratch.resolve(name + ".jar");
    PrintStream out = new PrintStream(said, true, UTF_8);
    assertThat(
            ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(out, out, "cf", "" + jar, "-C", "" + classes, "."))
        .as(said.toString(UTF_8))
        .isZero();
    return jar.toString();
  }

  private Launcher.Ended shell(String commands) throws IOException, InterruptedException {
    return Launcher.start(scratch, List.of("bash", "-c", "cd '" + scratch + "'\n" + commands))
        .end();
  }
}
