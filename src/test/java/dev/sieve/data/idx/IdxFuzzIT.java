package dev.sieve.data.idx;

import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four files of a set, one of them as something else than it was published, packed or not. */
final class IdxFuzzIT {
  @TempDir private Path scratch;

  private record Input(String name, byte[] content) {}

  private static Input input(SplittableRandom random) {
    int part = random.nextInt(4);
    String name = (part < 2 ? "train-" : "t10k-") + (part % 2 == 0 ? "images-idx3" : "labels-idx1");
    int count = part < 2 ? IdxFiles.TRAIN : IdxFiles.TEST;
    byte[] good = part % 2 == 0 ? IdxFiles.images(count, 6, 6) : IdxFiles.labels(count);
    return switch (random.nextInt(3)) {
      case 0 -> new Input(name + "-ubyte", Mutations.bytes(good, random));
      // Whole as a stream, so that what is in it is reached.
      case 1 -> new Input(name + "-ubyte.gz", IdxFiles.gzip(Mutations.bytes(good, random)));
      default -> new Input(name + "-ubyte.gz", Mutations.bytes(IdxFiles.gzip(good), random));
    };
  }

  @Test
  void files() {
    Path folder = scratch.resolve("set");
    new Fuzz(FuzzKind.IDX, List.of())
        .run(
            IdxFuzzIT::input,
            input -> {
              IdxFiles.write(folder, 6);
              String stem = input.name().replaceFirst("\\.gz$", "");
              Files.deleteIfExists(folder.resolve(stem));
              Files.deleteIfExists(folder.resolve(stem + ".gz"));
              Files.write(folder.resolve(input.name()), input.content());
              try {
                IdxReader.shape(IdxFolder.find(folder));
                IdxReader.read(IdxFolder.find(folder));
              } finally {
                Files.delete(folder.resolve(input.name()));
              }
            });
  }
}
