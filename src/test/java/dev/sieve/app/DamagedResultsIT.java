package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.app.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on results with a damaged file: an answer, the file's name, status 6, no trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedResultsIT {
  private static final String CONF = "src/test/resources/small.conf";

  private Path whole;
  @TempDir private Path scratch;
  private Path results = Path.of("");

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    whole = folder.resolve("run[1]");
    assertThat(Launcher.inProcess("run", "-c", CONF, "results.dir=" + whole).status()).isZero();
  }

  private Path damaged(String table) throws IOException {
    results = ResultsFolder.copy(whole, scratch.resolve("it's run[1]"));
    try (Stream<Path> files = Files.walk(results.resolve(table))) {
      Path file = files.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(file, new byte[0]);
      return file;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query|SELECT count(*) FROM trials",
        "query|--output|OUT/x.csv|--format|csv|SELECT count(*) FROM trials",
        "studies",
        "export|STUDY|--format|csv|--output|OUT",
        "report|STUDY|--output|OUT/x.html",
        "compact|STUDY",
      })
  void everyCommandNamesIt(String words) throws IOException {
    Path file = damaged("trial_rows");
    Files.createDirectories(scratch.resolve("out"));
    String study = results.resolve("trial_rows").relativize(file).getName(0).toString();
    List<String> all =
        Stream.concat(
                Stream.of(words.split("\\|"))
                    .map(w -> w.equals("STUDY") ? study : w)
                    .map(w -> w.replace("OUT", scratch.resolve("out").toString())),
                Stream.of("--results", results.toString()))
            .toList();
    Launcher.Ended ended = Launcher.inProcess(all.toArray(new String[0]));
    assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.DAMAGED_FILES);
    assertThat(ended.err())
        .containsOnlyOnce(file + " is damaged: it is empty")
        .doesNotContain("\tat ");
  }

  @Test
  void theSameCommandMakesItWhole() throws IOException {
    Path file = damaged("trial_rows");
    Launcher.Ended ended = Launcher.inProcess("run", "-c", CONF, "results.dir=" + results);
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.err()).contains(file + " is damaged");
    Files.deleteIfExists(file);
    assertThat(Launcher.table(results)).isEqualTo(Launcher.table(whole));
  }

  @Test
  void aDamagedModelIsToldOfAndTheReportWritten() throws IOException {
    results = ResultsFolder.copy(whole, scratch.resolve("model"));
    String study;
    try (Stream<Path> files = Files.walk(results)) {
      Path model = files.filter(p -> p.endsWith("weights.npz")).findFirst().orElseThrow();
      study = results.resolve("studies").relativize(model).getName(0).toString();
    }
    try (Stream<Path> files = Files.walk(results)) {
      for (Path model : files.filter(p -> p.endsWith("weights.npz")).toList()) {
        byte[] content = Files.readAllBytes(model);
        content[content.length / 4] ^= 8;
        Files.write(model, content);
      }
    }
    Path page = scratch.resolve("x.html");
    Launcher.Ended ended =
        Launcher.inProcess(
            "report", study, "--results", results.toString(), "--output", page.toString());
    assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.DAMAGED_FILES);
    assertThat(ended.err()).contains("weights.npz is damaged").doesNotContain("\tat ");
    assertThat(page).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query|SELECT 1|--results|nosuch://x",
        "studies|--results|nosuch://x",
        "compact|demo|--results|nosuch://x",
        "report|demo|--results|nosuch://x",
        "query|SELECT 1|--results|WHOLE|--format|csv|--output|WHOLE/trial_rows/x.csv",
        "export|demo|--results|WHOLE|--format|csv|--output|WHOLE/studies",
        "report|--results|WHOLE|--output|WHOLE/epoch_rows/x.html",
      })
  void whatCannotBeIsOneMessage(String words) {
    String[] all = words.replace("WHOLE", whole.toString()).split("\\|");
    Launcher.Ended ended = Launcher.inProcess(all);
    assertThat(ended.status()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).containsPattern("results\\.dir must|--output must");
    assertThat(ended.err()).doesNotContain("\tat ");
  }
}
