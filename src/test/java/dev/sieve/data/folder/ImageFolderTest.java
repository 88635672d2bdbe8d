package dev.sieve.data.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.ImageSet;
import dev.sieve.data.source.DataSource;
import dev.sieve.data.source.DataSource.ImageSize;
import dev.sieve.error.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path dir;

  /** Pixel (x, y) is red 10·x, green 20·y, blue {@code blue}. */
  private static BufferedImage image(int width, int height, int blue) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 10 * x << 16 | 20 * y << 8 | blue);
      }
    }
    return image;
  }

  private static BufferedImage grey(int width, int height, int level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, level + i);
    }
    return image;
  }

  private static Path write(BufferedImage image, Path file) {
    try {
      Files.createDirectories(file.getParent());
      String name = file.toString();
      assertThat(ImageIO.write(image, name.endsWith("png") ? "png" : "jpeg", file.toFile()))
          .isTrue();
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] scaled(Path file, int width, int height) {
    byte[] out = new byte[3 * width * height];
    ImageFile.read(file).scale(width, height, out, 0);
    return out;
  }

  private static ImageSet read(Path folder, int width, int height) {
    return new ImageFolder(folder, width, height, 0.25).read();
  }

  @Test
  void aPixelIsTheMeanOverWhatItCovers() {
    Path file = write(image(6, 4, 200), dir.resolve("a.png"));
    // Each of 3 × 2 pixels covers 2 × 2: red 10·(2x + ½), green 20·(2y + ½).
    assertThat(scaled(file, 3, 2))
        .containsExactly(
            5, 25, 45, 5, 25, 45, 10, 10, 10, 50, 50, 50, 200, 200, 200, 200, 200, 200);
    // Of a square the middle four columns are taken, of a pixel and a half each.
    byte[] thirds = scaled(file, 3, 3);
    assertThat(Arrays.copyOf(thirds, 3)).containsExactly(13, 25, 38);
    assertThat(thirds[9]).isEqualTo((byte) 5);
    // Larger than it is: pixels are repeated.
    assertThat(Arrays.copyOf(scaled(file, 12, 8), 12))
        .containsExactly(0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50);
  }

  @Test
  void transparencyLiesOnWhiteAndGreyStaysAsItIs() {
    BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x00123456);
    clear.setRGB(1, 0, 0x80000000);
    assertThat(scaled(write(clear, dir.resolve("clear.png")), 2, 1))
        .containsExactly(255, 127, 255, 127, 255, 127);
    Path file = write(grey(2, 2, 77), dir.resolve("grey.png"));
    assertThat(scaled(file, 2, 2)).startsWith(77, 78, 79, 80).hasSize(12);
    assertThat(ImageFile.read(file).isGrey()).isTrue();
    assertThat(ImageFile.read(write(image(2, 2, 3), dir.resolve("c.png"))).isGrey()).isFalse();
  }

  @Test
  void foldersAreClassesAndTrainAndTestAreSets() {
    for (String set : List.of("train", "test")) {
      for (int i = 0; i < (set.equals("train") ? 6 : 2); i++) {
        write(image(8, 8, i), dir.resolve(set).resolve("dog").resolve(i + ".PNG.png"));
        write(image(9, 7, 50 + i), dir.resolve(set).resolve("cat").resolve(i + ".jpg"));
      }
    }
    ImageSet set = read(dir, 4, 4);
    assertThat(set.name()).isEqualTo("images");
    assertThat(set.classNames()).containsExactly("cat", "dog");
    assertThat(set.trainingPerClass()).containsExactly(6, 6);
    assertThat(set.testPerClass()).containsExactly(2, 2);
    assertThat(set.trainingImages().pixelsPerImage()).isEqualTo(48);
    DataSource source =
        new DataSource(
            DataSource.Kind.IMAGES, dir, "study.conf:1", null, new ImageSize(4, 4, 0.25));
    assertThat(source.images().fingerprint()).isEqualTo(set.fingerprint());
    assertThat(source.name()).isEqualTo("images");
    assertThat(source.where()).isEqualTo(dir.toString());
    write(image(9, 7, 50), dir.resolve("test/emu/0.jpg"));
    assertThatThrownBy(source::images)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("study.conf:1: both sets must have the same classes, but ")
        .hasMessageContaining("has emu");
  }

  @Test
  void ofOneFolderAShareTests() {
    for (int i = 0; i < 8; i++) {
      write(grey(3, 3, i), dir.resolve("a").resolve(i + ".png"));
      write(grey(3, 3, 100 + i), dir.resolve("b").resolve(i + ".jpeg"));
    }
    ImageSet set = read(dir, 2, 2);
    assertThat(set.training()).isEqualTo(12);
    assertThat(set.test()).isEqualTo(4);
    assertThat(set.trainingImages().pixelsPerImage()).as("grey images have one plane").isEqualTo(4);
    assertThat(read(dir, 2, 2).fingerprint()).isEqualTo(set.fingerprint());
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    write(image(4, 4, 1), dir.resolve("a/1.png"));
    assertThatThrownBy(() -> read(dir, 2, 2)).hasMessageContaining("2 to 1000 classes, but ");
    write(image(4, 4, 1), dir.resolve("b/1.png"));
    assertThatThrownBy(() -> read(dir, 2, 2)).hasMessageContaining("0.25 of 2 images are 0");
    for (int i = 2; i < 9; i++) {
      write(image(4, 4, i), dir.resolve("b").resolve(i + ".jpg"));
    }
    byte[] whole = Files.readAllBytes(dir.resolve("b/2.jpg"));
    for (byte[] broken :
        List.of(
            new byte[0],
            "no image".getBytes(US_ASCII),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, 30))) {
      Files.write(dir.resolve("b/2.jpg"), broken);
      assertThatThrownBy(() -> read(dir, 2, 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(dir.resolve("b/2.jpg").toString());
    }
    Files.write(dir.resolve("b/2.jpg"), whole);
    Files.write(dir.resolve("b/.hidden.png"), new byte[3]);
    assertThat(read(dir, 2, 2).training()).isEqualTo(7);
    assertThatThrownBy(() -> read(dir, 200, 200)).hasMessageContaining("at most 20000 numbers");
    write(image(4, 4, 1), dir.resolve("stray.png"));
    assertThatThrownBy(() -> read(dir, 2, 2)).hasMessageContaining("stray.png lies beside them");
    Files.delete(dir.resolve("stray.png"));
    Files.createDirectory(dir.resolve("empty"));
    assertThatThrownBy(() -> read(dir, 2, 2)).hasMessageContaining("empty has no .png");
    assertThatThrownBy(() -> read(dir.resolve("none"), 2, 2))
        .hasMessageContaining("there is no folder");
  }
}
