package dev.sieve.data.idx;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small files of the MNIST family. */
public final class IdxFiles {
  /** Images of the two sets. */
  public static final int TRAIN = 60;

  public static final int TEST = 20;

  private static final int CLASSES = 4;

  private IdxFiles() {}

  /** A set of four classes, which a network can tell apart: a bright column for each. */
  public static Path write(Path folder, int side) {
    write(folder.resolve("train-images-idx3-ubyte"), images(TRAIN, side, side));
    write(folder.resolve("train-labels-idx1-ubyte"), labels(TRAIN));
    write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(TEST, side, side)));
    write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(TEST)));
    return folder;
  }

  static byte[] images(int count, int rows, int columns) {
    byte[] pixels = new byte[count * rows * columns];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (rows * columns);
      boolean bright = i % columns == image % CLASSES;
      pixels[i] = (byte) (bright ? 200 + image : (31 * i) % 50);
    }
    return file(0x0803, pixels, count, rows, columns);
  }

  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
    }
    return file(0x0801, labels, count);
  }

  static byte[] file(int magic, byte[] content, int... sizes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int size : sizes) {
        out.writeInt(size);
      }
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
