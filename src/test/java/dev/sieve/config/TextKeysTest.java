package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text key takes the text as it is written, be it a number to HOCON. */
class TextKeysTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7e12345",
        "8e12399",
        "1.10",
        "0012345",
        "2024.10",
        "1.0",
        "1e5",
        "00",
        "true",
        "2017",
        "1E3",
        "0.50e-3",
        "9223372036854775808"
      })
  void inFilesOverridesIncludesAndSubstitutions(String text) throws IOException {
    String names = "study.name = %s\nresults.dir = %1$s\ndata.path = %1$s\n".formatted(text);
    String source = "data { source = synthetic, train = 8000, validation = 1000 }";
    requireTexts(text, StudyFile.of(folder, source, names).load());

    StudyFile plain = StudyFile.of(folder, source);
    requireTexts(
        text, plain.load("study.name=" + text, "results.dir=" + text, "data.path = " + text));

    Files.writeString(folder.resolve("names.conf"), names);
    requireTexts(text, StudyFile.of(folder, source, "include \"names.conf\"").load());

    requireTexts(
        text,
        StudyFile.of(
                folder,
                source,
                "study.name = " + text,
                "results.dir = ${study.name}",
                "data.path = ${results.dir}")
            .load());
    Experiment joined =
        StudyFile.of(folder, source, "study.name = " + text, "results.dir = runs/${study.name}")
            .load();
    assertThat(joined.resultsDir()).isEqualTo(absolute("runs/" + text));
  }

  private static String absolute(String text) {
    return text.contains(":/") ? text : Path.of(text).toAbsolutePath().toString();
  }

  private void requireTexts(String text, Experiment study) {
    assertThat(study.study()).isEqualTo(text);
    assertThat(study.resultsDir()).isEqualTo(absolute(text));
    assertThat(study.data().path()).isEqualTo(Path.of(text).toAbsolutePath());
    // What the table keeps is read as the same again.
    Experiment again = StudyFile.of(folder, study.text()).load();
    assertThat(again.study()).isEqualTo(text);
    assertThat(again.resultsDir()).isEqualTo(absolute(text));
    assertThat(again.text()).isEqualTo(study.text());
  }

  @Test
  void hashesThatAreNumbersAreTwoStudies() {
    assertThat(StudyFile.defaults("study.name=7e12345", "data.source=synthetic").study())
        .isNotEqualTo(StudyFile.defaults("study.name=8e12399", "data.source=synthetic").study());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[run]", "{run}", "[1, 2", "run[1]", "a#b", "hdfs://h/x", "a,b", "50 %"})
  void anOverrideOfATextKeyNeedsNoQuotes(String text) {
    assertThat(StudyFile.defaults("results.dir=" + text).resultsDir()).isEqualTo(absolute(text));
  }

  @Test
  void quotesAndNullKeepTheirMeaningInOverrides() {
    assertThat(StudyFile.defaults("results.dir=\"a b\"").resultsDir()).isEqualTo(absolute("a b"));
    assertThat(StudyFile.of(folder, "results.dir = there").load("results.dir=null").resultsDir())
        .isEqualTo(StudyFile.defaults().resultsDir());
  }

  @Test
  void wholeNumbersAreExactAndRefusalsShowWhatStandsThere() {
    assertThat(StudyFile.defaults("study.seed=9.007199254740993e15").seed())
        .isEqualTo(9_007_199_254_740_993L);
    assertThat(StudyFile.of(folder, "training.lambda = 1e999").refusal())
        .endsWith("training.lambda must be a number >= 0, but got 1e999");
    assertThat(StudyFile.of(folder, "data.source = 1.10").refusal()).endsWith("but got 1.10");
  }
}
