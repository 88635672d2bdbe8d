package dev.sieve.data.cifar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.ImageSet;
import dev.sieve.data.source.DataSource;
import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On made files of the layout that is published: the real set is not at hand. */
class Cifar100Test {
  private static final int RECORD = 2 + Cifar10.PIXELS;
  private static final CifarVersion FINE = CifarVersion.CIFAR_100.small(11, 5);
  private static final CifarVersion COARSE = CifarVersion.CIFAR_100_COARSE.small(11, 5);

  @TempDir private Path dir;

  /** Coarse label i mod 20, fine label 99 − i. */
  private static byte[] records(int count, long seed) {
    byte[] records = new byte[count * RECORD];
    Draws draws = new Draws(seed);
    for (int i = 0; i < records.length; i++) {
      records[i] = (byte) draws.nextLong();
    }
    for (int i = 0; i < count; i++) {
      records[i * RECORD] = (byte) (i % 20);
      records[i * RECORD + 1] = (byte) (99 - i);
    }
    return records;
  }

  private static byte[] names(String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> word + i)
        .collect(Collectors.joining("\n"))
        .getBytes(US_ASCII);
  }

  private static Map<String, byte[]> contents() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("coarse_label_names.txt", names("c", 20));
    files.put("fine_label_names.txt", names("f", 100));
    files.put("test.bin", records(5, 2));
    files.put("train.bin", records(11, 1));
    return files;
  }

  private static ImageSet read(Path path, CifarVersion version) {
    return CifarReader.read(CifarLocation.find(path, version).orElseThrow(), version);
  }

  @Test
  void bothLabelsAreReadFromFolderAndArchive() {
    Path folder = CifarFiles.folder(dir.resolve("a/cifar-100-binary"), contents());
    Path archive =
        CifarFiles.archive(dir.resolve("cifar-100-binary.tar.gz"), "cifar-100-binary", contents());
    for (Path path : List.of(folder, folder.getParent(), archive, dir)) {
      ImageSet fine = read(path, FINE);
      assertThat(fine.name()).isEqualTo("cifar-100");
      assertThat(fine.classes()).isEqualTo(100);
      assertThat(fine.classNames()).startsWith("f0", "f1").endsWith("f99");
      assertThat(fine.training()).isEqualTo(11);
      assertThat(fine.trainingImages().labels())
          .containsExactly(99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89);
      assertThat(fine.testImages().labels()).containsExactly(99, 98, 97, 96, 95);
      assertThat(Arrays.copyOf(fine.testImages().pixels(), Cifar10.PIXELS))
          .isEqualTo(Arrays.copyOfRange(records(5, 2), 2, RECORD));
      ImageSet coarse = read(path, COARSE);
      assertThat(coarse.name()).isEqualTo("cifar-100-coarse");
      assertThat(coarse.classNames()).hasSize(20).startsWith("c0");
      assertThat(coarse.testImages().labels()).containsExactly(0, 1, 2, 3, 4);
      assertThat(coarse.trainingImages().pixels()).isEqualTo(fine.trainingImages().pixels());
      assertThat(coarse.fingerprint()).isNotEqualTo(fine.fingerprint());
    }
  }

  @Test
  void itIsFetchedOverABadConnectionAndRead() throws IOException {
    byte[] packed =
        Files.readAllBytes(
            CifarFiles.archive(dir.resolve("made.tar.gz"), "cifar-100-binary", contents()));
    CifarDownload.Archive archive =
        new CifarDownload.Archive(
            FINE.archive().file(), packed.length, CifarDownloadTest.md5(packed));
    Path folder = dir.resolve("fetched");
    try (RoughServer server =
        new RoughServer(
            RoughServer.bytes(packed, 1000),
            RoughServer.status(503),
            RoughServer.bytes(packed, packed.length))) {
      new CifarDownload(server.site(), archive, folder, (at, total) -> {}, Duration.ZERO).run();
      assertThat(server.ranges()).endsWith("bytes=1000-");
    }
    assertThat(read(folder, FINE).training()).isEqualTo(11);
  }

  @Test
  void classesWithoutNamesAreNumbered() {
    Map<String, byte[]> files = contents();
    files.remove("fine_label_names.txt");
    Path folder = CifarFiles.folder(dir.resolve("a"), files);
    assertThat(read(folder, FINE).classNames()).startsWith("fine 0", "fine 1");
  }

  @Test
  void whatIsDamagedOrOfAnotherSetIsRefused() throws IOException {
    byte[] wrong = records(11, 1);
    wrong[3 * RECORD + 1] = 100;
    Map<String, byte[]> wrongLabel = contents();
    wrongLabel.put("train.bin", wrong);
    assertThatThrownBy(() -> read(CifarFiles.folder(dir.resolve("label"), wrongLabel), FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A label must be 0 to 99, but image 3 of ")
        .hasMessageContaining("submit/sieve data fetch --set cifar-100");
    Map<String, byte[]> shortFile = contents();
    shortFile.put("test.bin", records(4, 2));
    assertThatThrownBy(() -> read(CifarFiles.folder(dir.resolve("short"), shortFile), FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A file of CIFAR-100 must have 15370 bytes (5 images of 3074 bytes)");
    Map<String, byte[]> missing = contents();
    missing.remove("test.bin");
    assertThatThrownBy(() -> read(CifarFiles.folder(dir.resolve("missing"), missing), FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A folder of CIFAR-100 must hold train.bin and test.bin, but ")
        .hasMessageContaining("lacks test.bin");
    Path ten = CifarFiles.folder(dir.resolve("ten"), CifarFiles.contents());
    assertThatThrownBy(() -> CifarLocation.find(ten, FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("belongs to CIFAR-10. The right archive is cifar-100-binary.tar.gz");
    Path part = Files.createDirectory(dir.resolve("half"));
    Files.write(part.resolve("cifar-100-binary.tar.gz.part"), new byte[10]);
    assertThatThrownBy(() -> CifarLocation.find(part, FINE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("half of one");
  }

  @Test
  void aSourceThatIsNotThereSaysHowToGetIt() {
    DataSource source = new DataSource(DataSource.Kind.CIFAR_100, dir.resolve("none"));
    assertThat(source.name()).isEqualTo("cifar-100");
    assertThat(source.shape().classes()).isEqualTo(100);
    assertThat(new DataSource(DataSource.Kind.CIFAR_100_COARSE, dir).shape().classes())
        .isEqualTo(20);
    assertThatThrownBy(source::images)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.source = cifar-100 needs CIFAR-100 at data.path")
        .hasMessageContaining("run submit/sieve data fetch --set cifar-100");
  }
}
