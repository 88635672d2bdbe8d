package dev.sieve.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.ImageSet;
import dev.sieve.data.source.DataReport;
import dev.sieve.data.source.DataSource;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the real images: {@code SIEVE_FASHION_MNIST} names their folder. */
@EnabledIfEnvironmentVariable(named = "SIEVE_FASHION_MNIST", matches = ".+")
class FashionMnistTest {
  @Test
  void holdsSixThousandImagesOfEachClass() {
    Path folder = Path.of(System.getenv("SIEVE_FASHION_MNIST"));
    ImageSet data = new DataSource(DataSource.Kind.IDX, folder).images();
    DataReport report = DataReport.of(data, "");
    assertThat(report.training()).isEqualTo(Collections.nCopies(10, 6000));
    assertThat(report.test()).isEqualTo(Collections.nCopies(10, 1000));
    assertThat(data.trainingImages().pixelsPerImage()).isEqualTo(784);
    assertThat(data.trainingImages().labels()[0]).as("an ankle boot").isEqualTo((byte) 9);
  }
}
