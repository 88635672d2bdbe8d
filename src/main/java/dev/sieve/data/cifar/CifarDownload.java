package dev.sieve.data.cifar;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Brings an archive into a folder: as {@code .part} first, going on where a broken connection or an
 * earlier run stopped, then the checksum, then an atomic move. So the archive's own name only ever
 * stands for the whole archive.
 */
public final class CifarDownload {
  /** Where both data sets are published. */
  public static final URI OFFICIAL_SITE = URI.create("https://www.cs.toronto.edu/~kriz/");

  /** Tries that bring less than a hundredth of the archive before it is given up. */
  private static final int TRIES = 5;

  private final URI source;
  private final Archive archive;
  private final Path folder;
  private final Progress progress;
  private final Duration pause;

  /**
   * @param site an http or https address that ends with a slash; the archive lies below it
   * @param folder created if it is not there
   */
  public CifarDownload(URI site, Archive archive, Path folder, Progress progress) {
    this(site, archive, folder, progress, Duration.ofSeconds(2));
  }

  CifarDownload(URI site, Archive archive, Path folder, Progress progress, Duration pause) {
    this.source = site.resolve(archive.file());
    this.archive = archive;
    this.folder = folder;
    this.progress = progress;
    this.pause = pause;
    if (!"http".equals(source.getScheme()) && !"https".equals(source.getScheme())) {
      throw new UserException(
          "A download's address must begin with http or https, but got " + source + ": change it.");
    }
  }

  /** A data set's binary version from its official site. */
  public static CifarDownload official(CifarVersion version, Path folder, Progress progress) {
    return new CifarDownload(OFFICIAL_SITE, version.archive(), folder, progress);
  }

  /**
   * What is brought.
   *
   * @param md5 32 lower-case hex digits
   */
  public record Archive(String file, long bytes, String md5) {}

  /** Is told how a download goes, on the thread that runs it. */
  @FunctionalInterface
  public interface Progress {
    /** So many bytes of {@code total} are there; called for every 64 KiB or less. */
    void at(long bytes, long total);

    /** A try has failed and another one follows. */
    default void retrying(String reason) {}
  }

  /**
   * Downloads the archive unless it is there already.
   *
   * @return where it lies
   * @throws UserException if it cannot be had, with what to do
   */
  public Path run() {
    Path target = folder.resolve(archive.file());
    Path part = folder.resolve(archive.file() + ".part");
    try {
      if (Files.exists(target)) {
        requireOfficial(target);
      } else {
        Files.createDirectories(folder);
        bring(part, target);
      }
      progress.at(archive.bytes(), archive.bytes());
      return target;
    } catch (IOException e) {
      throw new UserException(
          ("A download's folder must be writable and have %s bytes free, but %s failed (%s): make"
                  + " room, change the permissions or choose another folder, then fetch again.")
              .formatted(archive.bytes(), folder, e),
          e);
    }
  }

  private void requireOfficial(Path target) throws IOException {
    try (FileChannel file = FileChannel.open(target, StandardOpenOption.READ)) {
      String md5 = Md5.of(file);
      if (!md5.equals(archive.md5())) {
        throw new UserException(
            ("The official archive has %s bytes and MD5 %s, but %s is there with %s and %s; it was"
                    + " left as it is. Remove it and fetch again, or keep it if submit/sieve data"
                    + " verify can read it.")
                .formatted(archive.bytes(), archive.md5(), target, file.size(), md5));
      }
    }
  }

  private void bring(Path part, Path target) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = tryLock(file)) {
      if (lock == null) {
        throw new UserException(
            "One download at a time may write %s, but another one does: wait for it or end it."
                .formatted(part));
      }
      try {
        requireSpace(file);
        fill(file);
        file.force(true);
        // Under the lock, so that no second download begins between the two.
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        if (file.size() == 0) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void requireSpace(FileChannel file) throws IOException {
    long needed = archive.bytes() - file.size();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new UserException(
          ("The download needs %s more bytes, but the disk of %s has %s: make room or choose"
                  + " another folder.")
              .formatted(needed, folder, free));
    }
  }

  /** Until the whole archive is there with the right checksum. */
  private void fill(FileChannel file) throws IOException {
    // A wrong checksum has one second chance, from the start: a leftover part may be of another
    // file.
    for (int round = 0; ; round++) {
      transfer(file);
      String md5 = Md5.of(file);
      if (md5.equals(archive.md5())) {
        return;
      }
      file.truncate(0);
      String reason = "the MD5 must be %s, but is %s".formatted(archive.md5(), md5);
      if (round == 1) {
        throw failure(reason, file);
      }
      progress.retrying(reason);
    }
  }

  private void transfer(FileChannel file) throws IOException {
    if (file.size() > archive.bytes()) {
      file.truncate(0);
    }
    HttpTransfer transfer = new HttpTransfer(source, archive.bytes(), progress);
    long mark = file.size();
    int failures = 0;
    while (file.size() < archive.bytes()) {
      try {
        transfer.appendTo(file);
      } catch (TransferException e) {
        if (file.size() > mark + archive.bytes() / 100) {
          mark = file.size();
          failures = 0;
        }
        failures++;
        String reason = String.valueOf(e.getMessage());
        if (e.isFinal() || failures == TRIES) {
          throw failure(reason, file);
        }
        progress.retrying(reason);
        pauseAfter(failures);
      }
    }
  }

  private void pauseAfter(int failures) {
    try {
      Thread.sleep(pause.toMillis() * failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("The download was interrupted: fetch again to go on with it.", e);
    }
  }

  private UserException failure(String reason, FileChannel file) throws IOException {
    String kept =
        file.size() > 0
            ? " (it goes on after the %s bytes that are here)".formatted(file.size())
            : "";
    return new UserException(
        ("%s must be had from %s, but %s. Fetch again later%s, or get the file in another way and"
                + " put it into %s by hand.")
            .formatted(archive.file(), source, reason, kept, folder));
  }
}
