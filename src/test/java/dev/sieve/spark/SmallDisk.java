package dev.sieve.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of some megabytes in memory, to be filled. */
public final class SmallDisk implements AutoCloseable {
  /** Why a test is skipped. */
  public static final String MISSING = "a tmpfs cannot be mounted here: no test with a full disk";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one on an empty folder.
   *
   * @return empty where that is not allowed
   */
  public static Optional<SmallDisk> mount(Path folder, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String size = "size=" + megabytes + "m";
    return run("mount", "-t", "tmpfs", "-o", size, "sieve-test", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  public Path folder() {
    return folder;
  }

  /** Leaves so many bytes of space, to the page. */
  public void fillBut(int bytes) throws IOException {
    long left = Files.getFileStore(folder).getUsableSpace() - bytes;
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      for (; left > 0; left -= block.length) {
        out.write(block);
      }
    }
  }

  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    free();
    if (!run("umount", folder.toString())) {
      run("umount", "-l", folder.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
