package dev.sieve.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.Standardiser;
import dev.sieve.data.source.DataReport;
import dev.sieve.data.source.DataSource;
import dev.sieve.data.synthetic.SyntheticImages;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Against the real images: {@code SIEVE_CIFAR10} names the archive or its folder. What is asserted
 * does not depend on the order of a batch's images beyond the first ones.
 */
@EnabledIfEnvironmentVariable(named = "SIEVE_CIFAR10", matches = ".+")
@TestInstance(Lifecycle.PER_CLASS)
class RealCifarTest {
  private ImageSet data = SyntheticImages.dataSet(10, 10);

  @BeforeAll
  void read() {
    Path path = Path.of(System.getenv("SIEVE_CIFAR10"));
    data = new DataSource(DataSource.Kind.AUTO, path).images();
  }

  @Test
  void holdsSixThousandImagesOfEachClass() {
    DataReport report = DataReport.of(data, "");
    assertThat(report.name()).isEqualTo("cifar-10");
    assertThat(report.classNames()).isEqualTo(Cifar10.CLASS_NAMES);
    assertThat(report.training()).isEqualTo(Collections.nCopies(10, 5000));
    assertThat(report.test()).isEqualTo(Collections.nCopies(10, 1000));
  }

  @Test
  void beginsWithAFrogAndACat() {
    LabelledImages training = data.trainingImages();
    assertThat(training.classNames().get(training.labels()[0])).isEqualTo("frog");
    assertThat(data.testImages().classNames().get(data.testImages().labels()[0])).isEqualTo("cat");
    byte[] pixels = training.pixels();
    assertThat(new int[] {pixels[0], pixels[1], pixels[2]}).containsExactly(59, 43, 50);
    assertThat(new int[] {pixels[3069] & 0xff, pixels[3070], pixels[3071]})
        .containsExactly(140, 84, 72);
  }

  /**
   * The channel statistics that everyone uses: (0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616).
   */
  @Test
  void hasTheKnownChannelStatistics() {
    DataSelection all =
        new DataSelection(50_000, 0, Order.OFFICIAL, true, Standardisation.PER_CHANNEL);
    Standardiser fitted = data.prepare(all, 1).standardiser();
    double[] means = {0.4914, 0.4822, 0.4465};
    double[] deviations = {0.2470, 0.2435, 0.2616};
    for (int plane = 0; plane < 3; plane++) {
      assertThat(fitted.mean()[plane * 1024] / 255).isCloseTo(means[plane], within(5e-5));
      assertThat(1 / fitted.scale()[plane * 1024] / 255).isCloseTo(deviations[plane], within(5e-5));
    }
  }
}
