package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.config.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * One mistake, one message: the rule, the value, the place, what to write, and nothing else. All of
 * it is found before Spark starts, and nothing of the results is touched.
 */
class MistakesTest {
  private static final CommandLine LINE = Sieve.commandLine();

  @TempDir private Path folder;

  static Stream<Mistake> mistakes() throws IOException {
    List<Mistake> all = new ArrayList<>();
    for (String table : List.of("files.txt", "words.txt", "settings.txt", "axes.txt")) {
      all.addAll(Mistake.read(table));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldOnce(Mistake mistake) throws IOException {
    Path file = mistake.file(folder);
    Path results = results();
    if (mistake.told().isEmpty()) {
      assertThat(Experiment.load(file, mistake.words()).text()).isNotEmpty();
      return;
    }
    Launcher.Ended ended = Launcher.inProcess(LINE, words(mistake, file, results));

    assertThat(
            ended
                .err()
                .replace(folder + "/", "")
                .replace(folder + ":", "FOLDER:")
                .replace(Launcher.TOP + "/", "HERE/")
                .strip())
        .isEqualTo(String.join("\n", mistake.told()));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(files(folder)).containsExactlyInAnyOrder(file, results.resolve("trials/a.parquet"));
    assertThat(results.resolve("trials/a.parquet")).hasContent("rows");
  }

  private static String[] words(Mistake mistake, Path file, Path results) {
    List<String> words = new ArrayList<>();
    if (!mistake.whole()) {
      words.addAll(List.of("coarse", "-c", file.toString()));
      boolean own =
          Stream.concat(mistake.words().stream(), mistake.text().stream())
              .anyMatch(word -> word.contains("results"));
      if (!own) {
        words.add("results.dir=" + results);
      }
    }
    mistake
        .words()
        .forEach(word -> words.add(word.replace("FOLDER", String.valueOf(file.getParent()))));
    return words.toArray(new String[0]);
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertThat(mistakes().filter(mistake -> !mistake.told().isEmpty()).count())
        .isGreaterThanOrEqualTo(120);
  }

  /** Rows that must be there as they were after any mistake. */
  private Path results() throws IOException {
    Path results = folder.resolve("results");
    Files.createDirectories(results.resolve("trials"));
    Files.writeString(results.resolve("trials/a.parquet"), "rows");
    return results;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
