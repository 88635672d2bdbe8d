package dev.sieve.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.DataShape;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.source.DataReport;
import dev.sieve.data.source.DataSource;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdxReaderTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path dir;

  private static DataSource source(Path folder) {
    return new DataSource(DataSource.Kind.IDX, folder, "study.conf: 3");
  }

  @Test
  void packedOrNotTheImagesAreTheSame() {
    ImageSet data = source(IdxFiles.write(dir, 6)).images();

    assertThat(data.name()).isEqualTo("idx");
    assertThat(source(dir).shape()).isEqualTo(new DataShape.Images(36, 4, 60, 20));
    LabelledImages training = data.trainingImages();
    assertThat(training.count()).isEqualTo(IdxFiles.TRAIN);
    assertThat(training.pixelsPerImage()).isEqualTo(36);
    assertThat(training.classNames()).containsExactly("0", "1", "2", "3");
    assertThat(training.labels()[5]).isEqualTo((byte) 1);
    assertThat(training.pixels()[5 * 36 + 1] & 0xff).isEqualTo(205);
    assertThat(data.testImages().count()).isEqualTo(IdxFiles.TEST);

    Path other = dir.resolve("other names");
    IdxFiles.write(other.resolve("emnist-train-images.idx3-ubyte"), IdxFiles.images(60, 6, 6));
    IdxFiles.write(
        other.resolve("emnist-train-labels-idx1-ubyte.gz"), IdxFiles.gzip(IdxFiles.labels(60)));
    IdxFiles.write(other.resolve("emnist-train-labels-idx1-ubyte"), IdxFiles.labels(60));
    IdxFiles.write(other.resolve("emnist-test-images-idx3-ubyte"), IdxFiles.images(20, 6, 6));
    IdxFiles.write(other.resolve("emnist-test-labels-idx1-ubyte"), IdxFiles.labels(20));
    assertThat(source(other).images().fingerprint()).isEqualTo(data.fingerprint());
  }

  /** A file of the folder, what it holds instead, and what is said. */
  private record Harm(String file, byte[] content, List<String> said) {
    @Override
    public String toString() {
      return said.get(0);
    }
  }

  static List<Harm> harms() {
    byte[] images = IdxFiles.images(60, 6, 6);
    byte[] labels = IdxFiles.labels(60);
    byte[] wrong = labels.clone();
    wrong[8 + 7] = (byte) 200;
    return List.of(
        new Harm(TRAIN_IMAGES, labels, List.of("must begin with the number 2051", "2049")),
        new Harm(TRAIN_LABELS, images, List.of("must begin with the number 2049", "2051")),
        new Harm(TRAIN_IMAGES, new byte[0], List.of("must be whole", "breaks off")),
        new Harm(TRAIN_IMAGES, Arrays.copyOf(images, 9), List.of("must be whole", "breaks off")),
        new Harm(
            TRAIN_IMAGES,
            Arrays.copyOf(images, images.length - 1),
            List.of("as many bytes as its head says (60 images), but has fewer")),
        new Harm(
            TRAIN_IMAGES,
            Arrays.copyOf(images, images.length + 1),
            List.of("as many bytes as its head says (60 images), but has more")),
        new Harm(
            TRAIN_LABELS,
            Arrays.copyOf(IdxFiles.gzip(labels), 30),
            List.of("must be whole", TRAIN_LABELS)),
        new Harm(
            TRAIN_LABELS,
            Arrays.copyOf(labels, 20),
            List.of("as many bytes as its head says (60 labels), but has fewer")),
        new Harm(TRAIN_LABELS, IdxFiles.labels(59), List.of("60 images", "59 labels")),
        new Harm(
            TRAIN_LABELS,
            wrong,
            List.of("labels must be 0, 1, 2 and so on", "is 200 and only 5 occur")),
        new Harm(
            TRAIN_LABELS,
            IdxFiles.file(0x0801, new byte[0], 0),
            List.of("labels must have some, but", "says 0")),
        new Harm(TRAIN_IMAGES, IdxFiles.images(60, 7, 6), List.of("one size", "7 x 6", "6 x 6")),
        new Harm(
            TRAIN_IMAGES,
            IdxFiles.file(0x0803, new byte[0], 2_000_000_000, 28, 28),
            List.of("2000000000 images of 28 x 28")),
        new Harm(
            TRAIN_IMAGES,
            IdxFiles.file(0x0803, new byte[9], -1, 3, 3),
            List.of("-1 images of 3 x 3")),
        new Harm(
            TRAIN_IMAGES,
            IdxFiles.file(0x0803, new byte[0], 1, 65536, 65536),
            List.of("1 images of 65536 x 65536")));
  }

  @ParameterizedTest
  @MethodSource("harms")
  void whatIsNoSetIsRefusedByTheFilesName(Harm harm) throws IOException {
    IdxFiles.write(dir, 6);
    Files.write(dir.resolve(harm.file()), harm.content());
    assertThatThrownBy(() -> source(dir).images())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("study.conf: 3: ")
        .hasMessageContaining(dir.toString())
        .hasMessageContainingAll(harm.said().toArray(String[]::new));
  }

  @Test
  void aFolderMustHaveTheFourFilesOfOneSet() throws IOException {
    assertThatThrownBy(() -> source(dir).images())
        .hasMessageContaining(dir + " has no train-images-idx3-ubyte: put train-images");
    IdxFiles.write(dir, 6);
    Files.delete(dir.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThatThrownBy(() -> source(dir).shape()).hasMessageContaining("no t10k-labels-idx1-ubyte");
    IdxFiles.write(dir, 6);
    Files.copy(dir.resolve(TRAIN_IMAGES), dir.resolve("emnist-" + TRAIN_IMAGES));
    assertThatThrownBy(() -> source(dir).images())
        .hasMessageContaining("files of one set")
        .hasMessageContaining("emnist-" + TRAIN_IMAGES + ", " + TRAIN_IMAGES);
    Path file = dir.resolve(TRAIN_LABELS);
    assertThatThrownBy(() -> source(file).images()).hasMessageContaining(file + " is a file");
    Path none = dir.resolve("none");
    assertThatThrownBy(() -> source(none).images())
        .hasMessageContaining("there is no folder " + none);
  }

  @Test
  void oneClassIsNone() throws IOException {
    IdxFiles.write(dir, 6);
    Files.write(dir.resolve(TRAIN_LABELS), IdxFiles.file(0x0801, new byte[60], 60));
    IdxFiles.write(
        dir.resolve("t10k-labels-idx1-ubyte.gz"), IdxFiles.file(0x0801, new byte[20], 20));
    assertThatThrownBy(() -> source(dir).images()).hasMessageContaining("two classes at least");
  }

  @Test
  void aReportCountsItsClasses() {
    DataSource source = source(IdxFiles.write(dir, 6));
    DataReport report = DataReport.of(source.images(), source.where());
    assertThat(report.where()).isEqualTo(dir.toString());
    assertThat(report.training()).containsExactly(15, 15, 15, 15);
    assertThat(report.test()).containsExactly(5, 5, 5, 5);
  }
}
