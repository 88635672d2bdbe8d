package dev.sieve.data.cifar;

import java.util.List;

/**
 * The layout of CIFAR-10's binary version (Krizhevsky 2009,
 * https://www.cs.toronto.edu/~kriz/cifar.html): six files of 10,000 records, a record being one
 * label byte and 3,072 pixel bytes, red plane, green plane, blue plane, each row by row.
 */
public final class Cifar10 {
  /** The data set's name in results. */
  public static final String NAME = "cifar-10";

  /** Bytes of an image: 3 planes of 32 × 32. */
  public static final int PIXELS = 3 * 32 * 32;

  /** The class names in the order of the labels, as {@code batches.meta.txt} has them. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** Images of one file. */
  public static final int BATCH_IMAGES = 10_000;

  /** The archive of the binary version as it is published. */
  public static final String ARCHIVE = "cifar-10-binary.tar.gz";

  /** The folder within the archive. */
  public static final String FOLDER = "cifar-10-batches-bin";

  public static final List<String> TRAINING_FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");

  static final String TEST_FILE = "test_batch.bin";

  /** One class name a line. */
  static final String META_FILE = "batches.meta.txt";

  private Cifar10() {}
}
