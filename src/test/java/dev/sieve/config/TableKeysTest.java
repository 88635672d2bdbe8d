package dev.sieve.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataShape;
import dev.sieve.data.source.DataSource;
import dev.sieve.data.table.TableOrigin;
import dev.sieve.data.table.TableSource;
import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableKeysTest {
  private static final String TABLE = "data { source = table, table { path = /x/a.csv, label = y }";

  @TempDir private Path folder;

  private TableSource source(String... lines) {
    return Objects.requireNonNull(StudyFile.of(folder, lines).load().data().table());
  }

  private DataSelection selection(String lines) {
    DataShape shape = new DataShape.Images(16, 2, 801, 200);
    return StudyFile.of(folder, lines).load().on(shape).resolve(Phase.FINAL, Experiment.OWN).data();
  }

  @Test
  void aTableIsReadWithItsDefaults() {
    TableSource table = source(TABLE, "}");
    assertThat(table.rows())
        .isEqualTo(new TableOrigin(TableOrigin.Kind.PATH, "/x/a.csv", "auto", Map.of()));
    assertThat(table.testRows()).isNull();
    assertThat(table.testShare()).isEqualTo(0.2);
    assertThat(table.label()).isEqualTo("y");
    assertThat(table.maxCategories()).isEqualTo(64);
    assertThat(table.features()).isEmpty();
  }

  /** A table fits its columns for an answer, and every configuration asks. */
  @Test
  void aShapeIsAskedOnceForTheInputsOfASelection() {
    AtomicInteger asked = new AtomicInteger();
    DataShape shape =
        new DataShape() {
          @Override
          public int classes() {
            return 2;
          }

          @Override
          public int training() {
            return 800;
          }

          @Override
          public int test() {
            return 200;
          }

          @Override
          public int whole() {
            return 1000;
          }

          @Override
          public int inputs(DataSelection selection, long seed) {
            return asked.incrementAndGet() * 1000 + selection.train();
          }
        };
    Experiment study = StudyFile.of(folder, TABLE, "}, coarse.data.train = 100").load().on(shape);
    for (int i = 0; i < 3; i++) {
      assertThat(study.resolve(Phase.FINAL, Experiment.OWN).network().inputs()).isEqualTo(1600);
      assertThat(study.resolve(Phase.COARSE, Experiment.OWN).network().inputs()).isEqualTo(2100);
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void nothingNeedTest() {
    Experiment study = StudyFile.of(folder, TABLE, "test = none }").load();
    TableSource table = Objects.requireNonNull(study.data().table());
    assertThat(table.testRows()).isNull();
    assertThat(table.testShare()).isZero();
    DataShape.Images all = new DataShape.Images(16, 2, 1000, 0);
    assertThat(study.on(all).resolve(Phase.FINAL, Experiment.OWN).measuresTest()).isFalse();
    DataShape.Images some = new DataShape.Images(16, 2, 1000, 1);
    assertThat(study.on(some).resolve(Phase.FINAL, Experiment.OWN).measuresTest()).isTrue();
    assertThat(StudyFile.of(folder, study.text()).load().data().table()).isEqualTo(table);
  }

  @Test
  void everyKeyIsRead() {
    TableSource table =
        source(
            "data { source = table",
            "table { sql = \"SELECT 1\", label = \"λ, y\", options { sep = \";\", header = true } }",
            "features = [a, \"b.c\"], drop = [d], categorical = [a], max-categories = 7",
            "test { path = \"/x/t.parquet\", format = orc, options { mergeSchema = true } } }");
    assertThat(table.rows())
        .isEqualTo(
            new TableOrigin(
                TableOrigin.Kind.SQL, "SELECT 1", "auto", Map.of("sep", ";", "header", "true")));
    assertThat(table.testRows())
        .isEqualTo(
            new TableOrigin(
                TableOrigin.Kind.PATH, "/x/t.parquet", "orc", Map.of("mergeSchema", "true")));
    assertThat(table.label()).isEqualTo("λ, y");
    assertThat(table.features()).isEqualTo(List.of("a", "b.c"));
    assertThat(table.drop()).isEqualTo(List.of("d"));
    assertThat(table.categorical()).isEqualTo(List.of("a"));
    assertThat(source(TABLE, "categorical = all }").allCategorical()).isTrue();
  }

  @Test
  void theEffectiveTextReadsAsTheSame() {
    StudyFile file =
        StudyFile.of(
            folder,
            "data { source = table, table { name = a.b, label = y, options { a = b } }",
            "features = [a], test { sql = \"SELECT '\\\"'\" }, train = 0.5, standardise = robust }");
    Experiment first = file.load();
    Experiment again = StudyFile.of(folder, first.text()).load();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.data().table()).isEqualTo(first.data().table());
    assertThat(first.text()).contains("data.train = 0.5\n").doesNotContain("data.path");
  }

  @Test
  void sharesAreOfTheWholeAndRoundedDown() {
    // Of 801 training examples: a set of images tests on others.
    assertThat(selection(TABLE + " }").train()).isEqualTo(801 - 160);
    assertThat(selection(TABLE + " }").validation()).isEqualTo(160);
    DataSelection thirds = selection("data { source = synthetic, train = 0.7, validation = 0.29 }");
    assertThat(thirds.train()).isEqualTo(560);
    assertThat(thirds.validation()).isEqualTo(232);
    DataSelection rest = selection("data { source = synthetic, train = rest, validation = 1 }");
    assertThat(rest.train()).isEqualTo(800);
    assertThatThrownBy(
            () -> selection("data { source = synthetic, train = rest, validation = 800 }"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "data.validation must leave examples to train on, but of 801 that do not test 800 validate");
    DataSelection all = selection("data { source = synthetic, train = rest, validation = test }");
    assertThat(all.train()).isEqualTo(801);
  }

  @Test
  void theHundredHaveAPlaceOfTheirOwn() {
    Experiment fine = StudyFile.of(folder, "data.source = cifar-100").load();
    assertThat(fine.data().kind()).isEqualTo(DataSource.Kind.CIFAR_100);
    assertThat(fine.data().path()).isEqualTo(Path.of("data/cifar-100").toAbsolutePath());
    Experiment coarse =
        StudyFile.of(folder, "data { source = cifar-100, labels = coarse, path = /x }").load();
    assertThat(coarse.data().kind()).isEqualTo(DataSource.Kind.CIFAR_100_COARSE);
    assertThat(coarse.data().path()).isEqualTo(Path.of("/x"));
    assertThat(coarse.resolve(Phase.FINAL, Experiment.OWN).network().classes()).isEqualTo(20);
    assertThat(StudyFile.of(folder, coarse.text()).load().data().kind())
        .isEqualTo(coarse.data().kind());
  }

  @Test
  void imagesHaveASizeAndAShareToTestOn() {
    Experiment study =
        StudyFile.of(folder, "data { source = images, path = /x, size = 28x20, test = 0.1 }")
            .load();
    assertThat(study.data().size()).isEqualTo(new DataSource.ImageSize(28, 20, 0.1));
    assertThat(StudyFile.of(folder, study.text()).load().data().size())
        .isEqualTo(study.data().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "data { source = table }|needs one of data.table.path, data.table.name and data.table.sql, but got none",
        "data { source = table, table { path = a.csv } }|data.source = table needs data.table.label",
        "data { source = table, table { path = a.csv, name = b, label = y } }|but got path and name; remove one",
        "data { source = table, table { path = a.csv, label = y }, order = official }|data.order must be another with data.source = table, but got official",
        "data { source = table, table { path = a.csv, label = y }, standardise = scale }|data.standardise must be another",
        "data { source = table, table { path = a.csv, label = y, lable = x } }|did you mean data.table.label?",
        "data { source = table, table { path = a.csv, label = y, format = xml } }|data.table.format must be one of auto, csv, parquet, orc, json",
        "data { source = table, table { path = a.csv, label = y }, test = 1 }|data.test must be a share of the rows such as 0.2, or a second table",
        "data { source = table, table { path = a.csv, label = y }, test { label = y } }|data.test must be a share",
        "data { source = table, table { path = a.csv, label = y }, features = age }|data.features must be a list of columns",
        "data { source = table, table { path = a.csv, label = y }, max-categories = 0 }|data.max-categories must be a whole number >= 1",
        "data { source = synthetic, standardise = robust }|data.standardise must be another with data.source = synthetic",
        "data { source = synthetic, test = 0.1 }|data.test needs data.source = table or images to have an effect, but got synthetic",
        "data { source = images, size = 32x32 }|data.source = images needs data.path, but got none",
        "data { source = images, path = /x, size = 32 }|data.size must be a width and a height in pixels, such as 32x32",
        "data { source = images, path = /x, test { path = t.csv } }|data.test must be a share with data.source = images, but got a table",
        "data { source = table, table { path = a.csv, label = y }, test = none, validation = test }|data.validation must be another with data.source = table, but got test (there is nothing to test on with data.test = none)",
        "data { source = table, table { path = a.csv, label = y }, test = none }, coarse.evaluate-test = true|coarse.evaluate-test must be false, but got true",
        "data { source = idx, size = 3x3 }|data.size needs data.source = images to have an effect, but got idx",
        "data { source = idx, labels = fine }|data.labels needs data.source = cifar-100 to have an effect, but got idx",
        "data { source = cifar-100, labels = both }|data.labels must be one of fine, coarse",
        "data { table { label = y } }|data.table.label needs data.source = table",
        "data { source = synthetic, train = 1.5 }|data.train must be a whole number >= 2, a share such as 0.8, or the word rest",
        "data { source = synthetic, validation = rest }|data.validation must be a whole number >= 1, a share such as 0.8, or the word test",
      })
  void mistakesAreTold(String text, String says) {
    assertThat(StudyFile.of(folder, text).refusal()).contains(says);
  }
}
