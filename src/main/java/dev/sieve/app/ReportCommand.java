package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.app.cli.CliCommand;
import dev.sieve.app.cli.ResultsOptions;
import dev.sieve.app.cli.Warnings;
import dev.sieve.app.serve.PageSource;
import dev.sieve.error.UserException;
import dev.sieve.report.page.ReportPage;
import dev.sieve.spark.sql.SieveSession;
import dev.sieve.spark.store.OwnFolders;
import dev.sieve.spark.store.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = "Writes a study as one HTML file that needs no network.",
    mixinStandardHelpOptions = true)
final class ReportCommand extends CliCommand implements Callable<Integer> {
  private static final Pattern LOCAL =
      Pattern.compile("(?:file:(?://)?)?((?![A-Za-z][\\w+.-]*:/).*)");

  @Parameters(
      paramLabel = "STUDY|key=value",
      description =
          "The study's name, the one that ran last if none is given; and settings such as"
              + " results.dir=DIR.")
  private List<String> words = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write. Default: STUDY.html in the results folder; where that is no local one,"
              + " in the folder for temporary files.")
  private @Nullable Path output;

  @Mixin private ResultsOptions folder = new ResultsOptions();

  @Override
  public Integer call() throws IOException {
    List<String> names = words.stream().filter(word -> !word.contains("=")).toList();
    List<String> overrides = words.stream().filter(word -> word.contains("=")).toList();
    if (names.size() > 1) {
      throw new UserException("report takes one study, but got " + String.join(" and ", names));
    }
    String results = folder.existing(overrides);
    try (Warnings warnings = Warnings.of(err(), names.isEmpty() ? null : names.get(0));
        SparkSession spark = SieveSession.reader("sieve report", results)) {
      long begun = System.nanoTime();
      ReportReader reader = new ReportReader(spark, results);
      String study = names.isEmpty() ? last(reader, results) : names.get(0);
      Path target = output == null ? beside(results, study) : output.toAbsolutePath().normalize();
      OwnFolders.requireOutside(results, target.toString());
      PageSource pages = new PageSource(reader, results, text -> warnings.say(text, true));
      String data = pages.json(study);
      if (data == null) {
        throw unknown("got '" + study + "'", reader.names(), results);
      }
      String page = ReportPage.report(study, data);
      byte[] bytes = page.getBytes(UTF_8);
      write(target, bytes);
      out()
          .printf(
              Locale.ROOT,
              "report of study %s: %s  (%.1f MB, %.1f s)%n",
              study,
              target,
              bytes.length / 1e6,
              (System.nanoTime() - begun) / 1e9);
      out().flush();
      return warnings.status();
    }
  }

  /** Not in the folder where one stands, which may be that of the sources. */
  private static Path beside(String results, String study) {
    Matcher local = LOCAL.matcher(results);
    Path folder = Path.of(local.matches() ? local.group(1) : System.getProperty("java.io.tmpdir"));
    return folder.resolve(study.replaceAll("[^\\w.-]", "_") + ".html").toAbsolutePath().normalize();
  }

  private static void write(Path target, byte[] bytes) {
    try {
      Files.write(target, bytes);
    } catch (IOException e) {
      throw new UserException(
          "the report must go to a file that can be written, but %s cannot (%s): set --output"
              .formatted(target, e),
          e);
    }
  }

  private static String last(ReportReader reader, String results) {
    List<String> known = reader.names();
    if (known.isEmpty()) {
      throw unknown("none is named", known, results);
    }
    return known.get(0);
  }

  private static UserException unknown(String what, List<String> known, String results) {
    return new UserException(
        "a report needs a study that has run, but %s; %s has %s: name one of these, or set results.dir"
            .formatted(what, results, known.isEmpty() ? "no study yet" : String.join(", ", known)));
  }
}
