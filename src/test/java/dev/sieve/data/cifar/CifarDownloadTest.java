package dev.sieve.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.cifar.CifarDownload.Archive;
import dev.sieve.data.cifar.CifarDownload.Progress;
import dev.sieve.error.UserException;
import dev.sieve.random.Draws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarDownloadTest {
  private static final int LENGTH = 300_000;
  private static final byte[] CONTENT = content(1);
  private static final Archive ARCHIVE = new Archive(Cifar10.ARCHIVE, LENGTH, md5(CONTENT));

  @TempDir Path temporary;

  private final List<Long> progress = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();

  @Test
  void bringsTheArchiveIntoANewFolder() throws IOException {
    Path folder = temporary.resolve("data/cifar-10");
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      Path target = download(server, folder).run();
      assertThat(target).isEqualTo(folder.resolve("cifar-10-binary.tar.gz"));
      assertThat(server.ranges()).containsExactly("-");
    }
    requireWhole(folder);
    assertThat(progress).isSorted().endsWith((long) LENGTH);
    assertThat(retries).isEmpty();
  }

  @Test
  void goesOnAfterABrokenConnection() throws IOException {
    try (RoughServer server =
        new RoughServer(
            RoughServer.bytes(CONTENT, 100_000),
            RoughServer.bytes(CONTENT, 150_000),
            RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("-", "bytes=100000-", "bytes=250000-");
    }
    requireWhole(temporary);
    assertThat(retries)
        .hasSize(2)
        .first()
        .asString()
        .startsWith("the connection broke off at 100000 of 300000 bytes");
  }

  @Test
  void goesOnWithWhatAnEarlierRunLeft() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 200_001));
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("bytes=200001-");
    }
    requireWhole(temporary);
  }

  @Test
  void asksNothingWhereTheWholePartIsThere() throws IOException {
    leavePart(CONTENT);
    try (RoughServer server = new RoughServer(RoughServer.status(503))) {
      download(server).run();
      assertThat(server.ranges()).isEmpty();
    }
    requireWhole(temporary);
  }

  @Test
  void beginsAnewWhereThePartIsOfAnotherFile() throws IOException {
    leavePart(Arrays.copyOf(content(2), 1000));
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("bytes=1000-", "-");
    }
    requireWhole(temporary);
    assertThat(retries).singleElement().asString().contains("the MD5 must be " + ARCHIVE.md5());
  }

  @Test
  void beginsAnewWhereThePartIsTooLong() throws IOException {
    leavePart(new byte[LENGTH + 1]);
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("-");
    }
    requireWhole(temporary);
  }

  @Test
  void beginsAnewWhereTheServerIgnoresTheRange() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    try (RoughServer server = new RoughServer(RoughServer.ignoringRange(CONTENT, LENGTH))) {
      download(server).run();
    }
    requireWhole(temporary);
    assertThat(retries).isEmpty();
  }

  @Test
  void beginsAnewWhereTheServerSendsAnotherPart() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    try (RoughServer server =
        new RoughServer(RoughServer.wrongPart(CONTENT), RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("bytes=1000-", "-");
    }
    requireWhole(temporary);
  }

  @Test
  void beginsAnewWhereTheRangeIsRefused() throws IOException {
    leavePart(Arrays.copyOf(CONTENT, 1000));
    try (RoughServer server =
        new RoughServer(RoughServer.status(416), RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
    }
    requireWhole(temporary);
  }

  @Test
  void givesUpOnAServerThatAlwaysBreaksOffAtTheSamePlace() {
    try (RoughServer server = new RoughServer(RoughServer.ignoringRange(CONTENT, 5000))) {
      assertFails(download(server))
          .hasMessageContaining("the connection broke off at 5000 of 300000 bytes")
          .hasMessageContaining("goes on after the 5000 bytes that are here");
      assertThat(server.ranges()).hasSizeLessThan(12);
    }
  }

  @Test
  void aServerThatOverstatesTheLengthIsNoMatter() throws IOException {
    try (RoughServer server = new RoughServer(RoughServer.announcing(LENGTH * 2, CONTENT))) {
      download(server).run();
    }
    requireWhole(temporary);
  }

  @Test
  void aServerThatUnderstatesTheLengthIsAskedForTheRest() throws IOException {
    byte[] half = Arrays.copyOf(CONTENT, LENGTH / 2);
    try (RoughServer server =
        new RoughServer(
            RoughServer.announcing(half.length, half), RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
      assertThat(server.ranges()).containsExactly("-", "bytes=150000-");
    }
    requireWhole(temporary);
  }

  @Test
  void aServerThatTellsNoLengthIsNoMatter() throws IOException {
    try (RoughServer server = new RoughServer(RoughServer.withoutLength(CONTENT))) {
      download(server).run();
    }
    requireWhole(temporary);
  }

  @Test
  void aLongerFileIsAnotherFile() {
    byte[] longer = Arrays.copyOf(content(2), LENGTH + 7);
    try (RoughServer server = new RoughServer(RoughServer.whole(longer))) {
      assertFails(download(server)).hasMessageContaining("the MD5 must be " + ARCHIVE.md5());
    }
  }

  @Test
  void aWrongChecksumLeavesNothingBehind() {
    try (RoughServer server = new RoughServer(RoughServer.bytes(content(2), LENGTH))) {
      assertFails(download(server))
          .hasMessageContaining("the MD5 must be " + ARCHIVE.md5() + ", but is " + md5(content(2)));
      assertThat(server.ranges()).containsExactly("-", "-");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void aMissingFileIsNotAskedForAgain(int status) {
    try (RoughServer server = new RoughServer(RoughServer.status(status))) {
      assertFails(download(server)).hasMessageContaining("answers with status " + status);
      assertThat(server.ranges()).hasSize(1);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aServerWithTroubleIsAskedAgain() throws IOException {
    try (RoughServer server =
        new RoughServer(
            RoughServer.status(503), RoughServer.status(429), RoughServer.bytes(CONTENT, LENGTH))) {
      download(server).run();
    }
    requireWhole(temporary);
  }

  @Test
  void aServerWithTroubleIsNotAskedForEver() {
    try (RoughServer server = new RoughServer(RoughServer.status(503))) {
      assertFails(download(server)).hasMessageContaining("answers with status 503");
      assertThat(server.ranges()).hasSize(5);
    }
  }

  @Test
  void anUnreachableHostIsOneMessage() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    assertFails(download(nobody, temporary)).hasMessageContaining("it cannot be reached");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws IOException {
    Files.write(temporary.resolve(Cifar10.ARCHIVE), CONTENT);
    try (RoughServer server = new RoughServer(RoughServer.status(503))) {
      download(server).run();
      assertThat(server.ranges()).isEmpty();
    }
    assertThat(progress).containsExactly((long) LENGTH);
  }

  @Test
  void anotherArchiveOfTheNameIsLeftAsItIs() throws IOException {
    Path other = Files.write(temporary.resolve(Cifar10.ARCHIVE), new byte[] {1, 2, 3});
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      assertThatThrownBy(() -> download(server).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("300000 bytes and MD5 " + ARCHIVE.md5())
          .hasMessageContaining(other + " is there with 3");
      assertThat(server.ranges()).isEmpty();
    }
    assertThat(other).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void twoDownloadsAtOnceAreRefused() throws IOException {
    Path part = temporary.resolve(Cifar10.ARCHIVE + ".part");
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH));
        FileChannel file =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> download(server).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("One download at a time may write " + part);
    }
    assertThat(part).exists();
  }

  @Test
  void aFolderThatCannotBeMadeIsOneMessage() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      assertThatThrownBy(() -> download(server, file.resolve("folder")).run())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("must be writable and have 300000 bytes free")
          .hasMessageContaining("choose another folder");
    }
  }

  @Test
  void aDiskThatIsTooSmallIsOneMessage() {
    Archive huge = new Archive("huge", Long.MAX_VALUE, ARCHIVE.md5());
    try (RoughServer server = new RoughServer(RoughServer.bytes(CONTENT, LENGTH))) {
      CifarDownload download =
          new CifarDownload(server.site(), huge, temporary, (bytes, total) -> {}, Duration.ZERO);
      assertThatThrownBy(download::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("needs 9223372036854775807 more bytes");
      assertThat(server.ranges()).isEmpty();
    }
  }

  @Test
  void onlyHttp() {
    assertThatThrownBy(() -> download(URI.create("file:/tmp/"), temporary))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must begin with http or https");
  }

  @Test
  void theOfficialArchive() {
    assertThat(CifarDownload.OFFICIAL_SITE.resolve(CifarVersion.CIFAR_10.archive().file()))
        .hasToString("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    assertThat(CifarVersion.CIFAR_10.archive().md5()).hasSize(32);
  }

  private CifarDownload download(RoughServer server) {
    return download(server, temporary);
  }

  private CifarDownload download(RoughServer server, Path folder) {
    return download(server.site(), folder);
  }

  private CifarDownload download(URI site, Path folder) {
    Progress told =
        new Progress() {
          @Override
          public void at(long bytes, long total) {
            progress.add(bytes);
          }

          @Override
          public void retrying(String reason) {
            retries.add(reason);
          }
        };
    return new CifarDownload(site, ARCHIVE, folder, told, Duration.ZERO);
  }

  private void leavePart(byte[] bytes) throws IOException {
    Files.write(temporary.resolve(Cifar10.ARCHIVE + ".part"), bytes);
  }

  private AbstractThrowableAssert<?, ?> assertFails(CifarDownload download) {
    return assertThatThrownBy(download::run)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cifar-10-binary.tar.gz must be had from http://127.0.0.1")
        .hasMessageContaining("put it into " + temporary + " by hand");
  }

  private static void requireWhole(Path folder) throws IOException {
    assertThat(folder.resolve(Cifar10.ARCHIVE)).hasBinaryContent(CONTENT);
    assertThat(folder.resolve(Cifar10.ARCHIVE + ".part")).doesNotExist();
  }

  private static byte[] content(long seed) {
    Draws draws = new Draws(seed);
    byte[] content = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) draws.nextLong();
    }
    return content;
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
