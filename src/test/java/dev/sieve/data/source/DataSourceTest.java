package dev.sieve.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.cifar.Cifar10;
import dev.sieve.data.cifar.CifarFiles;
import dev.sieve.data.cifar.CifarLocation;
import dev.sieve.data.cifar.CifarReader;
import dev.sieve.data.source.DataSource.Kind;
import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourceTest {
  @TempDir Path folder;

  @Test
  void autoIsSyntheticWhereNothingIs() throws IOException {
    assertThat(auto(folder).name()).isEqualTo("synthetic");
    assertThat(auto(folder.resolve("absent")).name()).isEqualTo("synthetic");
    Files.writeString(folder.resolve("README.md"), "text");
    Files.createDirectory(folder.resolve("results"));
    assertThat(auto(folder).name()).isEqualTo("synthetic");
    assertThat(auto(folder).images().name()).isEqualTo("synthetic");
  }

  @Test
  void autoIsCifarWhereItIs() {
    CifarFiles.folder(folder, CifarFiles.contents());
    assertThat(auto(folder).name()).isEqualTo("cifar-10");
    Path archive = CifarFiles.archive(folder.resolve("x.tar.gz"), CifarFiles.contents());
    assertThat(auto(archive).name()).isEqualTo("cifar-10");
  }

  @Test
  void syntheticLooksAtNoPath() {
    CifarFiles.folder(folder, CifarFiles.contents());
    assertThat(new DataSource(Kind.SYNTHETIC, folder).name()).isEqualTo("synthetic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "absent", "absent.tar.gz"})
  void cifarMustBeThereWhereItIsAskedFor(String path) {
    DataSource source = new DataSource(Kind.CIFAR_10, folder.resolve(path));
    assertThat(source.name()).isEqualTo("cifar-10");
    assertThatThrownBy(source::images)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.source = cifar-10 needs CIFAR-10 at data.path")
        .hasMessageContaining(folder.resolve(path).toString())
        .hasMessageContaining("submit/sieve data fetch");
  }

  @ParameterizedTest
  @CsvSource({
    "cifar-10-python.tar.gz, Python",
    "data_batch_1, Python",
    "cifar-10-batches-py, Python",
    "cifar-10-matlab.tar.gz, MATLAB",
    "data_batch_1.mat, MATLAB",
    "cifar-10-batches-mat, MATLAB",
    "cifar-100-binary.tar.gz, CIFAR-100",
    "cifar-100-python, CIFAR-100",
  })
  void otherVersionsAreRefused(String name, String version) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[10]);
    for (Path path : new Path[] {folder, file}) {
      assertThatThrownBy(() -> auto(path).name())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file + " belongs to")
          .hasMessageContaining(version)
          .hasMessageContaining("The right archive is cifar-10-binary.tar.gz");
    }
  }

  @Test
  void someOfTheFilesAreNoReasonForTheSyntheticSet() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[10]);
    assertThatThrownBy(() -> auto(folder).name())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks data_batch_2.bin, data_batch_3.bin");
  }

  @Test
  void anEmptyUnpackedFolderIsNoReasonForTheSyntheticSet() throws IOException {
    Files.createDirectory(folder.resolve(Cifar10.FOLDER));
    assertThatThrownBy(() -> auto(folder).images())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks data_batch_1.bin");
  }

  @Test
  void theArchiveStandsInForAFolderThatIsNotWhole() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[10]);
    CifarFiles.archive(folder.resolve(Cifar10.ARCHIVE), CifarFiles.contents());
    assertThat(auto(folder).location())
        .contains(new CifarLocation.Archive(folder.resolve(Cifar10.ARCHIVE)));
  }

  @Test
  void halfADownloadIsNoReasonForTheSyntheticSet() throws IOException {
    Files.write(folder.resolve(Cifar10.ARCHIVE + ".part"), new byte[10]);
    assertThatThrownBy(() -> auto(folder).name())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A download must be finished")
        .hasMessageContaining("data fetch again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cifar-10-binary.tar.gz",
        "cifar-10-binary.tgz",
        "cifar-10-binary (1).tar.gz",
        "cifar-10-binary.tar (2).gz",
        "CIFAR-10-BINARY.TAR.GZ",
        "cifar-10-binary.tar",
        "images.tar",
        "cifar-10-binary.gz",
      })
  void anArchiveIsKnownByItsContent(String name) throws IOException {
    byte[] tar = CifarFiles.tar(Cifar10.FOLDER, CifarFiles.contents());
    Path file =
        Files.write(folder.resolve(name), name.endsWith(".tar") ? tar : CifarFiles.gzip(tar));
    Files.write(folder.resolve("other.tar.gz"), CifarFiles.gzip(CifarFiles.tar("a", Map.of())));
    for (Path path : new Path[] {folder, file}) {
      for (Kind kind : new Kind[] {Kind.AUTO, Kind.NAMED, Kind.CIFAR_10}) {
        DataSource source = new DataSource(kind, path);
        assertThat(source.name()).isEqualTo("cifar-10");
        assertThat(source.location()).contains(new CifarLocation.Archive(file));
        assertThat(CifarReader.read(source.location().orElseThrow(), CifarFiles.SMALL).name())
            .isEqualTo("cifar-10");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cifar-10-binary.tar.gz.crdownload, A download must be finished",
    "cifar-10-binary.tar.gz.download, A download must be finished",
    "cifar-10-binary.tar.gz.part, A download must be finished",
    "cifar-10-binary.zip, its content is another",
    "cifar-10-binary.html, its content is another",
    "DATA_BATCH_1.BIN, must be named in small letters",
    "CIFAR-10-PYTHON.tar.gz, Python",
  })
  void whatWasMeantToBeItIsNoReasonForTheSyntheticSet(String name, String told) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[10]);
    for (Kind kind : new Kind[] {Kind.AUTO, Kind.NAMED}) {
      assertThatThrownBy(() -> new DataSource(kind, folder).name())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(told)
          .hasMessageContaining(file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cifar-10-binary.tar.gz.crdownload",
        "cifar-10-binary.tar.gz.part",
        "Unconfirmed 1.crdownload"
      })
  void halfADownloadIsNotTakenForAnArchive(String name) throws IOException {
    byte[] archive = CifarFiles.gzip(CifarFiles.tar(Cifar10.FOLDER, CifarFiles.contents()));
    Path half = folder.resolve(name);
    Files.write(half, Arrays.copyOf(archive, archive.length / 2));
    assertThatThrownBy(() -> auto(folder).name())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A download must be finished")
        .hasMessageContaining(half.toString());
    Files.write(folder.resolve("images.tar.gz"), archive);
    assertThat(auto(folder).name()).isEqualTo("cifar-10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "cifar-10-binary.tar.gz"})
  void aLinkThatLeadsNowhereIsRefused(String name) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve(name), folder.resolve("unmounted"));
    Path path = name.equals("link") ? link : folder;
    assertThatThrownBy(() -> auto(path).name())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("A link must lead to a file or folder, but " + link);
  }

  @ParameterizedTest
  @CsvSource({"'', has nothing of it", "absent, there is no file or folder"})
  void whatIsNamedIsFoundOrRefused(String path, String told) {
    DataSource source = new DataSource(Kind.NAMED, folder.resolve(path));
    assertThatThrownBy(source::name)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(told)
        .hasMessageContaining(source.path().toString())
        .hasMessageContaining("data.source = synthetic");
    assertThatThrownBy(source::images).isInstanceOf(UserException.class);
  }

  @Test
  void aRefusalBeginsWithTheSettingsPlace() throws IOException {
    Path archive = Files.write(folder.resolve("cifar-10-binary.tar.gz"), new byte[10]);
    for (Kind kind : new Kind[] {Kind.AUTO, Kind.NAMED, Kind.CIFAR_10}) {
      for (Path path : new Path[] {archive, folder}) {
        assertThatThrownBy(new DataSource(kind, path, "study.conf:3")::images)
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("study.conf:3: CIFAR-10's files must be whole, but ");
      }
    }
    Files.move(archive, folder.resolve("cifar-10-batches-py"));
    assertThatThrownBy(new DataSource(Kind.AUTO, folder, "study.conf:3")::name)
        .hasMessageStartingWith("study.conf:3: Only the binary version of CIFAR-10 can be read");
    assertThatThrownBy(new DataSource(Kind.NAMED, Path.of("/a/../nope"), "study.conf:3")::name)
        .hasMessageStartingWith("study.conf:3: data.path must name ")
        .hasMessageContaining("no file or folder /nope:");
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() {
    CifarFiles.folder(folder, Map.of("data_batch_1.bin", new byte[10]));
    assertThatThrownBy(() -> auto(folder.resolve("data_batch_1.bin")).name())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must name a folder or the archive");
  }

  private static DataSource auto(Path path) {
    return new DataSource(Kind.AUTO, path);
  }
}
