package dev.sieve.data.cifar;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the two data sets in its binary version (Krizhevsky 2009,
 * https://www.cs.toronto.edu/~kriz/cifar.html): files of records, a record being one or two label
 * bytes and {@value Cifar10#PIXELS} pixel bytes.
 *
 * @param name in results
 * @param title for people
 * @param fetch the command that downloads it
 * @param archive as it is published
 * @param folder within the archive
 * @param trainingFiles in their order, {@code trainingImages} each
 * @param labelBytes of a record
 * @param label which of them is read
 * @param namesFile one class name a line
 * @param names what the classes are called where that file is missing
 */
public record CifarVersion(
    String name,
    String title,
    String fetch,
    CifarDownload.Archive archive,
    String folder,
    List<String> trainingFiles,
    String testFile,
    int trainingImages,
    int testImages,
    int labelBytes,
    int label,
    String namesFile,
    List<String> names) {
  public static final CifarVersion CIFAR_10 =
      new CifarVersion(
          Cifar10.NAME,
          "CIFAR-10",
          "submit/sieve data fetch",
          new CifarDownload.Archive(
              Cifar10.ARCHIVE, 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530"),
          Cifar10.FOLDER,
          Cifar10.TRAINING_FILES,
          Cifar10.TEST_FILE,
          Cifar10.BATCH_IMAGES,
          Cifar10.BATCH_IMAGES,
          1,
          0,
          Cifar10.META_FILE,
          Cifar10.CLASS_NAMES);

  /** With its hundred fine labels. */
  public static final CifarVersion CIFAR_100 = hundred("cifar-100", 1, "fine", 100);

  /** With its twenty coarse labels. */
  public static final CifarVersion CIFAR_100_COARSE = hundred("cifar-100-coarse", 0, "coarse", 20);

  public CifarVersion {
    trainingFiles = List.copyOf(trainingFiles);
    names = List.copyOf(names);
  }

  private static CifarVersion hundred(String name, int label, String labels, int classes) {
    return new CifarVersion(
        name,
        "CIFAR-100",
        "submit/sieve data fetch --set cifar-100",
        new CifarDownload.Archive(
            "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8"),
        "cifar-100-binary",
        List.of("train.bin"),
        "test.bin",
        50_000,
        10_000,
        2,
        label,
        labels + "_label_names.txt",
        IntStream.range(0, classes).mapToObj(i -> labels + " " + i).toList());
  }

  /** Whether this is CIFAR-10, be it a small one. */
  boolean isTen() {
    return labelBytes == 1;
  }

  public int classes() {
    return names.size();
  }

  /** All official training images. */
  public int training() {
    return trainingImages * trainingFiles.size();
  }

  /** Bytes of a record. */
  int record() {
    return labelBytes + Cifar10.PIXELS;
  }

  /** The six or two binary files, for people. */
  String files() {
    return trainingFiles.size() == 1
        ? trainingFiles.get(0) + " and " + testFile
        : "%s to %s and %s"
            .formatted(trainingFiles.get(0), trainingFiles.get(trainingFiles.size() - 1), testFile);
  }

  /** What to do where it is missing. */
  public String remedy() {
    return "run %s, or put %s (\"%s binary version\") there by hand"
        .formatted(fetch, archive.file(), title);
  }

  /** The same with fewer images a file, for tests. */
  CifarVersion small(int training, int test) {
    return new CifarVersion(
        name,
        title,
        fetch,
        archive,
        folder,
        trainingFiles,
        testFile,
        training,
        test,
        labelBytes,
        label,
        namesFile,
        names);
  }
}
