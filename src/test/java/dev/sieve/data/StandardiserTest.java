package dev.sieve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.random.Draws;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardiserTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void perInputByHand() {
    // Two images of three inputs; pixels over 127 are negative bytes.
    Standardiser fitted = fit(images(3, 0, 200, 7, 10, 250, 7), Standardisation.PER_INPUT);
    assertThat(fitted.mean()).containsExactly(5, 225, 7);
    // Deviations 5 and 25; the constant input has the floor, 1.
    assertThat(fitted.scale()).containsExactly(1.0 / 5, 1.0 / 25, 1);
  }

  @Test
  void perChannelByHand() {
    // Three planes of two pixels: deviations √5, 5 and 0.
    Standardiser fitted =
        fit(images(6, 0, 2, 100, 110, 9, 9, 4, 6, 100, 110, 9, 9), Standardisation.PER_CHANNEL);
    assertThat(fitted.mean()).containsExactly(3, 3, 105, 105, 9, 9);
    assertThat(fitted.scale()[0]).isCloseTo(1 / Math.sqrt(5), within(TOLERANCE));
    assertThat(fitted.scale()[1]).isEqualTo(fitted.scale()[0]);
    assertThat(fitted.scale()[2]).isEqualTo(1.0 / 5);
    assertThat(fitted.scale()[5]).isEqualTo(1);
  }

  @Test
  void aSizeThatIsNoMultipleOfThreeIsOneChannel() {
    Standardiser fitted = fit(images(4, 0, 4, 8, 12), Standardisation.PER_CHANNEL);
    assertThat(fitted.mean()).containsExactly(6, 6, 6, 6);
    assertThat(fitted.scale()[3]).isCloseTo(1 / Math.sqrt(20), within(TOLERANCE));
  }

  @Test
  void greyImagesAreOnePlaneWhateverTheirSize() {
    byte[] pixels = {0, 3, 6, 9, 12, 15};
    int[] both = {0, 1};
    LabelledImages grey = LabelledImages.grey(3, pixels, new byte[2], List.of("only"));
    Standardiser one = Standardiser.fit(grey, both, Standardisation.PER_CHANNEL);
    assertThat(one.mean()).containsExactly(7.5, 7.5, 7.5);
    LabelledImages colour = new LabelledImages(3, pixels, new byte[2], List.of("only"));
    Standardiser three = Standardiser.fit(colour, both, Standardisation.PER_CHANNEL);
    assertThat(three.mean()).containsExactly(4.5, 7.5, 10.5);
  }

  @Test
  void scaleAndNoneTakeNothingFromTheImages() {
    ExampleView images = images(2, 0, 255);
    assertThat(apply(fit(images, Standardisation.SCALE), images)).containsExactly(0, 1);
    assertThat(apply(fit(images, Standardisation.NONE), images)).containsExactly(0, 255);
  }

  @Test
  void standardisedInputsHaveMeanZeroAndVarianceOne() {
    ExampleView view = noise(500, 17);
    Standardiser fitted = fit(view, Standardisation.PER_INPUT);
    double[] row = new double[2 + 17];
    double[] sums = new double[17];
    double[] squares = new double[17];
    for (int image : view.indices()) {
      fitted.apply(view.examples(), image, row, 2);
      for (int i = 0; i < 17; i++) {
        sums[i] += row[2 + i] / 500;
        squares[i] += row[2 + i] * row[2 + i] / 500;
      }
    }
    for (int i = 0; i < 17; i++) {
      assertThat(sums[i]).isCloseTo(0, within(TOLERANCE));
      assertThat(squares[i]).isCloseTo(1, within(TOLERANCE));
    }
    assertThat(row[1]).as("before the place written to").isZero();
  }

  @Test
  void theOrderOfTheImagesDoesNotMatter() {
    ExampleView view = noise(300, 12);
    ExampleView shuffled = new ExampleView(view.examples(), new Draws(3).permutation(300));
    for (Standardisation kind :
        EnumSet.complementOf(EnumSet.of(Standardisation.ROBUST)).toArray(Standardisation[]::new)) {
      Standardiser one = fit(view, kind);
      Standardiser other = fit(shuffled, kind);
      assertThat(other.mean()).isEqualTo(one.mean());
      assertThat(other.scale()).isEqualTo(one.scale());
    }
  }

  /** n Σx² of a plane of CIFAR-10 is over 2⁶³: 50,000 images of white are 1.7 · 10²⁰. */
  @Test
  void sumsOfAPlaneDoNotOverflow() {
    int count = 50_000;
    int inputs = 3 * 1024;
    byte[] half = new byte[inputs];
    for (int i = 0; i < inputs; i++) {
      half[i] = (byte) (i % 2 == 0 ? 255 : 249);
    }
    LabelledImages one = new LabelledImages(inputs, half, new byte[1], List.of("only"));
    ExampleView often = new ExampleView(one, new int[count]);
    Standardiser fitted = fit(often, Standardisation.PER_CHANNEL);
    assertThat(fitted.mean()[0]).isEqualTo(252);
    assertThat(fitted.scale()[0]).isEqualTo(1.0 / 3);
  }

  private static ExampleView noise(int count, int inputs) {
    Draws draws = new Draws(count);
    byte[] pixels = new byte[count * inputs];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) draws.nextLong();
    }
    return view(new LabelledImages(inputs, pixels, new byte[count], List.of("only")));
  }

  private static ExampleView images(int inputs, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return view(
        new LabelledImages(inputs, pixels, new byte[values.length / inputs], List.of("only")));
  }

  private static ExampleView view(LabelledImages images) {
    int[] all = new int[images.count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return new ExampleView(images, all);
  }

  private static double[] apply(Standardiser standardiser, ExampleView view) {
    double[] out = new double[standardiser.inputs()];
    standardiser.apply(view.examples(), 0, out, 0);
    return out;
  }

  private static Standardiser fit(ExampleView view, Standardisation kind) {
    return Standardiser.fit((LabelledImages) view.examples(), view.indices(), kind);
  }
}
