package dev.sieve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {
  private static final List<String> NAMES = List.of("cat", "dog");

  @Test
  void truncatedKeepsTheFirstPixelsOfEachImage() {
    LabelledImages images =
        new LabelledImages(3, new byte[] {1, 2, 3, 4, 5, 6}, new byte[] {0, 1}, NAMES);
    LabelledImages cut = images.truncated(2);
    assertThat(cut.pixelsPerImage()).isEqualTo(2);
    assertThat(cut.pixels()).containsExactly(1, 2, 4, 5);
    assertThat(cut.labels()).containsExactly(0, 1);
    assertThat(cut.classNames()).isEqualTo(NAMES);
    assertThatThrownBy(() -> images.truncated(4))
        .hasMessage("1 <= dimensions <= 3 must hold, but got dimensions=4");
  }

  @Test
  void pixelsAndLabelsFit() {
    assertThatThrownBy(() -> new LabelledImages(3, new byte[5], new byte[2], NAMES))
        .hasMessageContaining("but got 5, 2 and 3");
    assertThatThrownBy(() -> new LabelledImages(1, new byte[2], new byte[] {0, 2}, NAMES))
        .hasMessage("0 <= label < 2 must hold, but got 2 at example 1");
    assertThatThrownBy(() -> new LabelledImages(1, new byte[1], new byte[] {-1}, NAMES))
        .hasMessage("0 <= label < 2 must hold, but got 255 at example 0");
  }

  @Test
  void theFingerprintSeesEveryPixelAndLabel() {
    String one = fingerprint(new byte[] {1, 2}, new byte[] {0, 1});
    assertThat(one).matches("[0-9a-f]{16}");
    assertThat(fingerprint(new byte[] {1, 2}, new byte[] {0, 1})).isEqualTo(one);
    assertThat(fingerprint(new byte[] {1, 3}, new byte[] {0, 1})).isNotEqualTo(one);
    assertThat(fingerprint(new byte[] {1, 2}, new byte[] {1, 1})).isNotEqualTo(one);
  }

  private static String fingerprint(byte[] pixels, byte[] labels) {
    return Fingerprint.of(new LabelledImages(1, pixels, labels, NAMES));
  }
}
