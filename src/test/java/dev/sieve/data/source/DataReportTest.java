package dev.sieve.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataReportTest {
  private static final List<String> NAMES = List.of("cat", "dog");

  @Test
  void countsEachClassOfEachPart() {
    LabelledImages training = new LabelledImages(1, new byte[3], new byte[] {1, 0, 1}, NAMES);
    LabelledImages test = new LabelledImages(1, new byte[1], new byte[] {1}, NAMES);
    DataReport report = DataReport.of(new ImageSet("pets", training, test), "here");
    assertThat(report.training()).containsExactly(1, 2);
    assertThat(report.test()).containsExactly(0, 1);
    assertThat(report.text())
        .isEqualTo(
            """
            data set     pets
            read from    here
            fingerprint  %s

            class              training     test
            0 cat                     1        0
            1 dog                     2        1
            all                       3        1
            """
                .formatted(report.fingerprint()));
  }

  @Test
  void saysThatTheSyntheticSetIsNoFile() {
    DataSource source = new DataSource(DataSource.Kind.SYNTHETIC, Path.of("unused"));
    DataReport report = DataReport.of(source.images(), source.where());
    assertThat(report.where()).isEqualTo("generated, no file");
    assertThat(report.text()).contains("all                   10000     2000");
  }
}
