package dev.sieve.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.config.Experiment;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static final Path FOLDER = Path.of("conf/reports");
  private static final Catalogue CATALOGUE = Catalogue.load();

  static List<String> studies() {
    return Catalogue.studies(CATALOGUE.entries());
  }

  @ParameterizedTest
  @MethodSource("studies")
  void everyStudyLoadsPlansAndIsNamedAfterItsFile(String study) {
    Experiment experiment = Experiment.load(Catalogue.file(FOLDER, study), List.of());
    assertThat(experiment.study()).isEqualTo(Catalogue.studyName(study));
    assertThat(experiment.engineType()).isEqualTo("vector");
    StudyCost cost = StudyCost.of(experiment, Cifar10.BATCH_IMAGES);
    assertThat(cost.trials()).isGreaterThanOrEqualTo(3);
    assertThat(cost.training()).isBetween(1e9, 100e12);
    assertThat(cost.evaluation()).isBetween(0.01 * cost.training(), 10 * cost.training());
  }

  @Test
  void everyFileIsRunByAnExperiment() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(FOLDER)) {
      paths
          .map(path -> FOLDER.relativize(path).toString())
          .filter(path -> path.endsWith(".conf") && !path.endsWith("common.conf"))
          .forEach(path -> files.add(path.substring(0, path.length() - ".conf".length())));
    }
    assertThat(new TreeSet<>(studies())).isEqualTo(files);
  }

  @Test
  void everyPublishedExperimentIsThereAndRunsWhatItsRowsName() {
    List<PublishedNumber> numbers = PublishedNumber.all();
    Set<String> published = new TreeSet<>();
    numbers.forEach(n -> published.add(n.report() + "/" + n.experiment()));
    Set<String> ours = new TreeSet<>();
    CATALOGUE.entries().forEach(entry -> ours.add(entry.path()));
    assertThat(ours).isEqualTo(published);

    for (PublishedNumber number : numbers) {
      Catalogue.Entry entry = CATALOGUE.select(number.report() + "/" + number.experiment()).get(0);
      List<String> sources = new ArrayList<>();
      entry.studies().forEach(study -> sources.add(Catalogue.studyName(study)));
      entry.checks().forEach(check -> sources.add(PublishedNumber.CHECK + check));
      assertThat(sources).contains(number.source());
      if (!number.other().isEmpty()) {
        assertThat(sources).contains(number.other());
      }
    }
  }

  @Test
  void everyPublishedNumberHasAFigureOfItsOwn() {
    List<PublishedNumber> numbers = PublishedNumber.all();
    assertThat(numbers).hasSize(264);
    Set<String> figures = new HashSet<>();
    Set<String> same = new HashSet<>();
    for (PublishedNumber number : numbers) {
      if (number.published() == null) {
        assertThat(number.figure()).isEmpty();
        continue;
      }
      String key = number.source() + "|" + number.where() + "|" + number.figure();
      assertThat(number.figure()).isNotEmpty();
      if (!figures.add(key)) {
        same.add(number.report() + " " + number.setting());
      }
    }
    assertThat(same).isEmpty();
  }

  @Test
  void namesSelect() {
    assertThat(CATALOGUE.select("all")).hasSize(CATALOGUE.entries().size());
    assertThat(CATALOGUE.select("two-layer")).hasSize(7);
    assertThat(CATALOGUE.select("momentum-2017/coarse")).hasSize(1);
    assertThat(CATALOGUE.select("faster").get(0).report()).isEqualTo("momentum-2017");
    assertThatThrownBy(() -> CATALOGUE.select("depth"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("klayer-2023/depth or gradients-2022/depth");
    assertThatThrownBy(() -> CATALOGUE.select("nothing"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'nothing'")
        .hasMessageContaining("klayer-2023, gradients-2022");
  }
}
