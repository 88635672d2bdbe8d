package dev.sieve.data.idx;

import dev.sieve.data.DataShape;
import dev.sieve.data.Examples;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.Packing;
import dev.sieve.error.UserException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the MNIST family's format (LeCun, Cortes, Burges: "the IDX file format"): a magic number of
 * type and dimensions, their sizes, all big-endian, then the bytes.
 */
public final class IdxReader {
  /** The data set's name in results. */
  public static final String NAME = "idx";

  /** Unsigned bytes in one dimension, and in three. */
  private static final int LABELS = 0x0801;

  private static final int IMAGES = 0x0803;

  private static final String REMEDY = "get it again, or name another folder";

  private IdxReader() {}

  /** The heads and the labels alone: what a network must know before anything trains. */
  public static DataShape shape(IdxFolder folder) {
    Head head = head(folder.trainImages());
    byte[] trainLabels = labels(folder.trainLabels());
    byte[] testLabels = labels(folder.testLabels());
    return new DataShape.Images(
        head.inputs(), classes(folder, trainLabels, testLabels), head.count(), testLabels.length);
  }

  /**
   * Reads all four files.
   *
   * @throws UserException if one is damaged or of another format, or they do not belong together
   */
  public static ImageSet read(IdxFolder folder) {
    Images trainImages = images(folder.trainImages());
    Images testImages = images(folder.testImages());
    Head train = trainImages.head();
    Head test = testImages.head();
    if (train.rows() != test.rows() || train.columns() != test.columns()) {
      throw new UserException(
          "training and test images must be of one size, but %s has %s x %s pixels and %s %s x %s: give each set a folder of its own"
              .formatted(
                  folder.trainImages(),
                  train.rows(),
                  train.columns(),
                  folder.testImages(),
                  test.rows(),
                  test.columns()));
    }
    byte[] trainLabels = labels(folder.trainLabels());
    byte[] testLabels = labels(folder.testLabels());
    requireAsMany(folder.trainImages(), train, folder.trainLabels(), trainLabels);
    requireAsMany(folder.testImages(), test, folder.testLabels(), testLabels);
    List<String> names =
        IntStream.range(0, classes(folder, trainLabels, testLabels))
            .mapToObj(String::valueOf)
            .toList();
    return new ImageSet(
        NAME,
        LabelledImages.grey(train.inputs(), trainImages.pixels(), trainLabels, names),
        LabelledImages.grey(test.inputs(), testImages.pixels(), testLabels, names));
  }

  private record Head(int count, int rows, int columns) {
    int inputs() {
      return rows * columns;
    }
  }

  private record Images(Head head, byte[] pixels) {}

  /** What is done with a file behind its magic number. */
  private interface Reading<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static Head head(Path file) {
    return open(file, IMAGES, in -> head(file, in));
  }

  private static Head head(Path file, DataInputStream in) throws IOException {
    Head head = new Head(in.readInt(), in.readInt(), in.readInt());
    boolean sizes =
        head.rows() > 0
            && head.columns() > 0
            && (long) head.rows() * head.columns() <= Examples.MOST_INPUTS
            && head.count() > 0
            && (long) head.count() * head.inputs() <= Integer.MAX_VALUE - 8;
    if (!sizes) {
      throw new UserException(
          "a file of images must have some, of 1 to %s pixels and 2 GB in all, but %s says %s images of %s x %s: %s"
              .formatted(
                  Examples.MOST_INPUTS, file, head.count(), head.rows(), head.columns(), REMEDY));
    }
    return head;
  }

  private static Images images(Path file) {
    return open(
        file,
        IMAGES,
        in -> {
          Head head = head(file, in);
          int length = head.count() * head.inputs();
          return new Images(head, bytes(file, in, length, head.count() + " images"));
        });
  }

  private static byte[] labels(Path file) {
    return open(
        file,
        LABELS,
        in -> {
          int count = in.readInt();
          if (count < 1) {
            throw new UserException(
                "a file of labels must have some, but %s says %s: %s"
                    .formatted(file, count, REMEDY));
          }
          return bytes(file, in, count, count + " labels");
        });
  }

  /** The rest of a file, which must be so long. No more memory than there are bytes. */
  private static byte[] bytes(Path file, InputStream in, int length, String what)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    boolean more = bytes.length == length && in.read() >= 0;
    if (bytes.length < length || more) {
      throw new UserException(
          "%s must have as many bytes as its head says (%s), but has %s: %s"
              .formatted(file, what, more ? "more" : "fewer", REMEDY));
    }
    return bytes;
  }

  /** The largest label and one. Of those up to it some may be missing, but hardly most. */
  private static int classes(IdxFolder folder, byte[] train, byte[] test) {
    BitSet seen = new BitSet();
    for (byte[] labels : List.of(train, test)) {
      for (byte label : labels) {
        seen.set(label & 0xff);
      }
    }
    int classes = seen.length();
    if (classes < 2) {
      throw new UserException(
          "a data set must have two classes at least, but every label in %s is 0: %s"
              .formatted(folder.path(), REMEDY));
    }
    if (2 * seen.cardinality() < classes) {
      throw new UserException(
          "labels must be 0, 1, 2 and so on, but the largest in %s is %s and only %s occur: %s"
              .formatted(folder.path(), classes - 1, seen.cardinality(), REMEDY));
    }
    return classes;
  }

  private static void requireAsMany(Path images, Head head, Path labels, byte[] values) {
    if (head.count() != values.length) {
      throw new UserException(
          "every image must have a label, but %s has %s images and %s %s labels: the files are of different sets; %s"
              .formatted(images, head.count(), labels, values.length, REMEDY));
    }
  }

  private static <T> T open(Path file, int magic, Reading<T> reading) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      DataInputStream in =
          new DataInputStream(
              Packing.isGzip(raw)
                  ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16))
                  : raw);
      int found = in.readInt();
      if (found != magic) {
        throw new UserException(
            "a file of %s must begin with the number %s (idx, unsigned bytes), but %s begins with %s: %s"
                .formatted(magic == IMAGES ? "images" : "labels", magic, file, found, REMEDY));
      }
      return reading.read(in);
    } catch (EOFException | ZipException e) {
      throw new UserException(
          "a file of a data set must be whole, but %s is not (%s): %s"
              .formatted(
                  file, e instanceof EOFException ? "it breaks off" : e.getMessage(), REMEDY),
          e);
    } catch (IOException e) {
      throw new UserException(
          "the files that data.path names must be readable, but %s is not (%s): check its permissions and the disk"
              .formatted(file, e),
          e);
    }
  }
}
