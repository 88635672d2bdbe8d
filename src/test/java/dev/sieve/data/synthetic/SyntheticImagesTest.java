package dev.sieve.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.source.DataReport;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
  private static final ImageSet DATA = SyntheticImages.dataSet();

  /** Every machine and every release makes these bytes; results name them. */
  @Test
  void isTheSameEverywhere() {
    assertThat(DATA.fingerprint()).isEqualTo("d39b878636f5882a");
    assertThat(DATA.name()).isEqualTo("synthetic");
  }

  @Test
  void hasTheLayoutOfCifar10() {
    assertThat(DATA.trainingImages().count()).isEqualTo(10_000);
    assertThat(DATA.testImages().count()).isEqualTo(2_000);
    for (LabelledImages part : new LabelledImages[] {DATA.trainingImages(), DATA.testImages()}) {
      assertThat(part.pixelsPerImage()).isEqualTo(Cifar10.PIXELS);
      assertThat(part.classNames()).hasSize(10).doesNotHaveDuplicates();
    }
  }

  @Test
  void classesAreBalanced() {
    DataReport report = DataReport.of(DATA, "");
    assertThat(report.training()).isEqualTo(Collections.nCopies(10, 1000));
    assertThat(report.test()).isEqualTo(Collections.nCopies(10, 200));
  }

  @Test
  void smallerSetsAreItsFirstImages() {
    LabelledImages small = SyntheticImages.dataSet(40, 10).trainingImages();
    assertThat(small.labels()).isEqualTo(Arrays.copyOf(DATA.trainingImages().labels(), 40));
    assertThat(small.pixels()).isEqualTo(Arrays.copyOf(DATA.trainingImages().pixels(), 40 * 3072));
    assertThatThrownBy(() -> SyntheticImages.dataSet(15, 10))
        .hasMessage("a part must be a positive multiple of 10 images, but got 15");
  }

  @Test
  void trainingAndTestImagesDiffer() {
    assertThat(Arrays.copyOf(DATA.testImages().pixels(), 3072))
        .isNotEqualTo(Arrays.copyOf(DATA.trainingImages().pixels(), 3072));
  }

  /**
   * Where the classes' means tell little, a linear network does: of each input's variance less than
   * a twentieth lies between the classes. Where they told nothing, nothing could be learnt from few
   * images.
   */
  @Test
  void classMeansTellLittle() {
    LabelledImages images = DATA.trainingImages();
    double[][] means = new double[10][images.pixelsPerImage()];
    double total = 0;
    for (int i = 0; i < images.count(); i++) {
      double[] mean = means[images.labels()[i]];
      for (int p = 0; p < mean.length; p++) {
        double x = (images.pixels()[i * mean.length + p] & 0xff) - 128;
        mean[p] += x / 1000;
        total += x * x / images.count();
      }
    }
    double between = 0;
    for (double[] mean : means) {
      between += Arrays.stream(mean).map(x -> x * x / 10).sum();
    }
    assertThat(between / total).isBetween(0.001, 0.05);
  }
}
