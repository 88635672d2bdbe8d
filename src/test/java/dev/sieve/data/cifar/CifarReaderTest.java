package dev.sieve.data.cifar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarReaderTest {
  @TempDir Path folder;

  @Test
  void readsAFolder() {
    requireContents(read(CifarFiles.folder(folder, CifarFiles.contents())));
  }

  @Test
  void readsTheFolderOfTheArchive() {
    CifarFiles.folder(folder.resolve(Cifar10.FOLDER), CifarFiles.contents());
    requireContents(read(folder));
  }

  @Test
  void readsTheArchiveInAFolder() {
    CifarFiles.archive(folder.resolve(Cifar10.ARCHIVE), CifarFiles.contents());
    requireContents(read(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar-10-batches-bin", "./cifar-10-batches-bin", "other/name"})
  void readsTheArchiveItself(String within) {
    requireContents(
        read(CifarFiles.archive(folder.resolve("mine.tar.gz"), within, CifarFiles.contents())));
  }

  @Test
  void folderAndArchiveAreTheSameData() {
    ImageSet unpacked = read(CifarFiles.folder(folder.resolve("a"), CifarFiles.contents()));
    ImageSet packed = read(CifarFiles.archive(folder.resolve("b.tar.gz"), CifarFiles.contents()));
    assertThat(packed.fingerprint()).isEqualTo(unpacked.fingerprint());
  }

  @Test
  void classNamesMayBeMissingOrOthers() {
    Map<String, byte[]> files = CifarFiles.contents();
    files.remove(Cifar10.META_FILE);
    assertThat(read(CifarFiles.folder(folder.resolve("a"), files)).trainingImages().classNames())
        .isEqualTo(Cifar10.CLASS_NAMES);
    files.put(Cifar10.META_FILE, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".getBytes(US_ASCII));
    assertThat(read(CifarFiles.folder(folder.resolve("b"), files)).testImages().classNames())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
  }

  @Test
  void refusesAnotherNumberOfClassNames() {
    Map<String, byte[]> files = CifarFiles.contents();
    files.put(Cifar10.META_FILE, "a\nb\n".getBytes(US_ASCII));
    assertRefused(CifarFiles.folder(folder, files)).hasMessageContaining("has 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b.tar.gz"})
  void refusesALabelOverNine(String target) {
    Map<String, byte[]> files = CifarFiles.contents();
    byte[] batch = CifarFiles.batch(2);
    batch[3 * CifarVersion.CIFAR_10.record()] = (byte) 200;
    files.put("data_batch_2.bin", batch);
    assertRefused(write(target, files))
        .hasMessageContaining("A label must be 0 to 9")
        .hasMessageContaining("image 3 of")
        .hasMessageContaining("data_batch_2.bin (counted from 0) has 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b.tar.gz"})
  void refusesAShortFile(String target) {
    Map<String, byte[]> files = CifarFiles.contents();
    files.put("data_batch_3.bin", new byte[1000]);
    assertRefused(write(target, files))
        .hasMessageContaining("must have 21511 bytes (7 images of 3073 bytes)")
        .hasMessageContaining("data_batch_3.bin has 1000");
  }

  @Test
  void refusesAFolderThatLacksFiles() {
    Map<String, byte[]> files = CifarFiles.contents();
    files.remove("data_batch_4.bin");
    files.remove(Cifar10.TEST_FILE);
    assertRefused(CifarFiles.folder(folder, files))
        .hasMessageContaining("lacks data_batch_4.bin, test_batch.bin");
  }

  @Test
  void refusesAnArchiveThatLacksFiles() {
    Map<String, byte[]> files = CifarFiles.contents();
    files.remove("data_batch_5.bin");
    assertRefused(write("a.tar.gz", files)).hasMessageContaining("lacks data_batch_5.bin");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.5, 0.9999})
  void refusesAnArchiveThatBreaksOff(double share) throws IOException {
    Path archive = write("a.tar.gz", CifarFiles.contents());
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, (int) (whole.length * share)));
    assertRefused(archive).hasMessageContaining("must be whole");
  }

  @Test
  void refusesAnArchiveWithAWrongChecksum() throws IOException {
    Path archive = write("a.tar.gz", CifarFiles.contents());
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length - 8] ^= 1;
    Files.write(archive, bytes);
    assertRefused(archive).hasMessageContaining("must be whole");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path page = Files.writeString(folder.resolve("a.tar.gz"), "<html>Please log in</html>");
    assertRefused(page).hasMessageContaining("Not in GZIP format");
    Path text = Files.write(folder.resolve("b.tar.gz"), CifarFiles.gzip(new byte[] {1, 2, 3}));
    assertRefused(text).hasMessageContaining("lacks data_batch_1.bin");
    byte[] ones = new byte[2048];
    Arrays.fill(ones, (byte) 1);
    assertRefused(Files.write(folder.resolve("c.tar.gz"), CifarFiles.gzip(ones)))
        .hasMessageContaining("not a tar archive");
  }

  @Test
  void refusesAnotherVersionByWhatTheArchiveHolds() {
    Path archive =
        CifarFiles.archive(
            folder.resolve("a.tar.gz"),
            "cifar-10-batches-py",
            Map.of("data_batch_1", new byte[10]));
    assertRefused(archive)
        .hasMessageContaining("the Python version")
        .hasMessageContaining("The right archive is cifar-10-binary.tar.gz");
  }

  private Path write(String target, Map<String, byte[]> files) {
    return target.endsWith(".tar.gz")
        ? CifarFiles.archive(folder.resolve(target), files)
        : CifarFiles.folder(folder.resolve(target), files);
  }

  private static ImageSet read(Path path) {
    return CifarReader.read(
        CifarLocation.find(path, CifarVersion.CIFAR_10).orElseThrow(), CifarFiles.SMALL);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(Path path) {
    return assertThatThrownBy(() -> read(path))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("submit/sieve data fetch");
  }

  private static void requireContents(ImageSet data) {
    assertThat(data.name()).isEqualTo("cifar-10");
    assertThat(data.trainingImages().count()).isEqualTo(5 * CifarFiles.IMAGES);
    assertThat(data.testImages().count()).isEqualTo(CifarFiles.IMAGES);
    assertThat(data.trainingImages().classNames()).isEqualTo(Cifar10.CLASS_NAMES);
    for (int batch = 1; batch <= 6; batch++) {
      byte[] records = CifarFiles.batch(batch);
      LabelledImages part = batch == 6 ? data.testImages() : data.trainingImages();
      for (int i = 0; i < CifarFiles.IMAGES; i++) {
        int image = batch == 6 ? i : (batch - 1) * CifarFiles.IMAGES + i;
        assertThat((int) part.labels()[image]).isEqualTo((batch + i) % 10);
        assertThat(
                Arrays.equals(
                    part.pixels(),
                    image * Cifar10.PIXELS,
                    (image + 1) * Cifar10.PIXELS,
                    records,
                    i * CifarVersion.CIFAR_10.record() + 1,
                    (i + 1) * CifarVersion.CIFAR_10.record()))
            .as("pixels of image %s of batch %s", i, batch)
            .isTrue();
      }
    }
  }
}
