package dev.sieve.data.cifar;

import dev.sieve.data.Packing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * What a file holds, whatever its name: browsers number a second download, unpack on the way, or
 * keep half of one under another name.
 */
final class ArchiveContent {
  /** Ends of names of downloads that are not finished. */
  private static final List<String> HALVES =
      List.of(".part", ".partial", ".crdownload", ".download", ".opdownload");

  private static final List<String> ENDS = List.of(".gz", ".tgz", ".tar");

  private ArchiveContent() {}

  /** The archive as a tar stream, unpacked where it is packed. */
  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      // What is neither is for the unpacking to complain of, unless its name says that it is plain.
      boolean plain = !Packing.isGzip(in) && isTar(file);
      return plain ? in : new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean isTar(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new TarReader(in).next();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a file begins as the archive of a data set does. */
  static boolean is(CifarVersion version, Path file) {
    try (InputStream in = open(file)) {
      TarReader tar = new TarReader(in);
      return tar.next() && tar.path().startsWith(version.folder());
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isHalf(String name) {
    return HALVES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** Whether a name is that of an archive of any kind. */
  static boolean isNamedSo(String name, CifarVersion version) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDS.stream().anyMatch(lower::endsWith) || beginsAs(name, version);
  }

  /** Whether a name begins as that of a data set's archive. */
  static boolean beginsAs(String name, CifarVersion version) {
    String stem = version.archive().file().replaceFirst("\\..*", "");
    return name.toLowerCase(Locale.ROOT).startsWith(stem);
  }
}
