package dev.sieve.data.cifar;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10's archive and its files as something else than the download left them. */
final class ArchiveFuzzIT {
  @TempDir private Path scratch;

  @Test
  void archives() throws IOException {
    Path file = scratch.resolve(Cifar10.ARCHIVE);
    byte[] tar = CifarFiles.tar(Cifar10.FOLDER, CifarFiles.contents());
    byte[] packed = CifarFiles.gzip(tar);
    new Fuzz(FuzzKind.ARCHIVE, List.of())
        .run(
            random -> random.nextInt(4) == 0 ? Mutations.bytes(packed, random) : gzip(tar, random),
            input -> {
              Files.write(file, input);
              CifarReader.read(
                  CifarLocation.find(file, CifarVersion.CIFAR_10).orElseThrow(), CifarFiles.SMALL);
            });
  }

  /** Whole as a stream, so that what is in it is reached; headers most of all. */
  private static byte[] gzip(byte[] tar, SplittableRandom random) {
    byte[] changed = tar.clone();
    if (random.nextBoolean()) {
      changed = Mutations.bytes(tar, random);
    } else {
      changed[random.nextInt(512)] = (byte) random.nextInt();
    }
    try {
      return CifarFiles.gzip(changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void folders() {
    Map<String, byte[]> good = CifarFiles.contents();
    List<String> names = List.copyOf(good.keySet());
    new Fuzz(FuzzKind.ARCHIVE_FILE, List.of())
        .run(
            random -> {
              Map<String, byte[]> files = CifarFiles.contents();
              String name = names.get(random.nextInt(names.size()));
              files.put(name, Mutations.bytes(good.get(name), random));
              return files;
            },
            files -> {
              Path folder = CifarFiles.folder(scratch.resolve("folder"), files);
              CifarReader.read(
                  CifarLocation.find(folder, CifarVersion.CIFAR_10).orElseThrow(),
                  CifarFiles.SMALL);
            });
  }
}
