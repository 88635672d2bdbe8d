package dev.sieve.data.folder;

import dev.sieve.data.Examples;
import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.data.Shares;
import dev.sieve.error.UserException;
import dev.sieve.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Images in one folder a class, which names it. Where {@code train} and {@code test} lie below,
 * these are the two sets, else a share of the images is the test set, drawn from the files' names
 * alone.
 */
public final class ImageFolder {
  /** The data set's name in results. */
  public static final String NAME = "images";

  private static final List<String> ENDS = List.of(".png", ".jpg", ".jpeg");

  private final Path path;
  private final int width;
  private final int height;
  private final double testShare;

  /**
   * @param width of every image after scaling
   * @param height the same
   * @param testShare of the images, where no folder {@code test} is there; 0 for none
   */
  public ImageFolder(Path path, int width, int height, double testShare) {
    this.path = path;
    this.width = width;
    this.height = height;
    this.testShare = testShare;
  }

  /** An image's file and its class. */
  private record Labelled(Path file, int label) {}

  /**
   * Reads all images.
   *
   * @throws UserException if there are none, or one cannot be read, with its name
   */
  public ImageSet read() {
    if (!Files.isDirectory(path)) {
      throw new UserException(
          "data.source = images needs data.path to name a folder, but %s: name the folder that has a folder for each class"
              .formatted(Files.exists(path) ? path + " is a file" : "there is no folder " + path));
    }
    Path train = path.resolve("train");
    Path test = path.resolve("test");
    boolean split = Files.isDirectory(train) && Files.isDirectory(test);
    TreeMap<String, List<Path>> classes = classes(split ? train : path);
    List<String> names = List.copyOf(classes.keySet());
    List<Labelled> training = labelled(classes, names);
    List<Labelled> tested;
    if (split) {
      TreeMap<String, List<Path>> other = classes(test);
      for (String name : other.keySet()) {
        if (!classes.containsKey(name)) {
          throw new UserException(
              "both sets must have the same classes, but %s has %s and %s does not: move or remove it"
                  .formatted(test, name, train));
        }
      }
      tested = labelled(other, names);
    } else {
      int count = Shares.of(testShare, training.size());
      if (testShare > 0 && count < 1 || training.size() - count < 2) {
        throw new UserException(
            "data.test must leave images to test on and images to train on, but %s of %s images are %s: change it"
                .formatted(testShare, training.size(), count));
      }
      int[] order = Seed.of(0, "test-images").draws().permutation(training.size());
      int[] drawn = Arrays.copyOf(order, count);
      Arrays.sort(drawn);
      tested = Arrays.stream(drawn).mapToObj(training::get).toList();
      training = new ArrayList<>(training);
      training.removeAll(tested);
    }
    return decode(training, tested, names);
  }

  private ImageSet decode(List<Labelled> training, List<Labelled> tested, List<String> names) {
    requireFits(training.size(), 1);
    // Decoding is what takes time: in colour first, of which grey images keep one plane.
    Decoded first = decoded(training);
    Decoded second = decoded(tested);
    int planes = first.colour() || second.colour() ? 3 : 1;
    requireFits(training.size(), planes);
    return new ImageSet(
        NAME, first.images(planes, plane(), names), second.images(planes, plane(), names));
  }

  private int plane() {
    return width * height;
  }

  private void requireFits(int images, int planes) {
    long inputs = (long) planes * width * height;
    if (inputs > Examples.MOST_INPUTS) {
      throw new UserException(
          "an image may become at most %s numbers, but data.size = %sx%s makes %s of %s planes: lower it"
              .formatted(Examples.MOST_INPUTS, width, height, inputs, planes));
    }
    if (3L * images * plane() > Integer.MAX_VALUE - 8) {
      throw new UserException(
          "a set's images must fit into 2 GB in colour, but %s of %s x %s pixels do not: lower data.size"
              .formatted(images, width, height));
    }
  }

  /** Planes of red, green and blue of every image. */
  private record Decoded(byte[] pixels, short[] labels, boolean colour) {
    LabelledImages images(int planes, int plane, List<String> names) {
      byte[] kept = pixels;
      if (planes == 1) {
        kept = new byte[labels.length * plane];
        for (int i = 0; i < labels.length; i++) {
          System.arraycopy(pixels, 3 * i * plane, kept, i * plane, plane);
        }
      }
      return new LabelledImages(planes, planes * plane, kept, labels, names);
    }
  }

  private Decoded decoded(List<Labelled> files) {
    byte[] pixels = new byte[3 * files.size() * plane()];
    short[] labels = new short[files.size()];
    boolean colour = false;
    for (int i = 0; i < labels.length; i++) {
      ImageFile image = ImageFile.read(files.get(i).file());
      image.scale(width, height, pixels, 3 * i * plane());
      colour |= !image.isGrey();
      labels[i] = (short) files.get(i).label();
    }
    return new Decoded(pixels, labels, colour);
  }

  private static List<Labelled> labelled(TreeMap<String, List<Path>> classes, List<String> names) {
    List<Labelled> all = new ArrayList<>();
    classes.forEach(
        (name, files) -> files.forEach(file -> all.add(new Labelled(file, names.indexOf(name)))));
    return all;
  }

  private static TreeMap<String, List<Path>> classes(Path folder) {
    TreeMap<String, List<Path>> classes = new TreeMap<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        List<Path> files =
            entries(entry).stream()
                .filter(ImageFolder::isImage)
                .filter(Files::isRegularFile)
                .toList();
        if (files.isEmpty()) {
          throw new UserException(
              "every class must have images, but %s has no .png, .jpg or .jpeg: remove the folder, or put them there"
                  .formatted(entry));
        }
        classes.put(entry.getFileName().toString(), files);
      } else if (isImage(entry)) {
        throw new UserException(
            "every image must lie in a folder that names its class, but %s lies beside them: move it"
                .formatted(entry));
      }
    }
    if (classes.size() < 2 || classes.size() > Examples.MOST_CLASSES) {
      throw new UserException(
          "data.path must have a folder for each of 2 to %s classes, but %s has %s: name the folder that holds them"
              .formatted(Examples.MOST_CLASSES, folder, classes.size()));
    }
    return classes;
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDS.stream().anyMatch(name::endsWith);
  }

  /** By their names; hidden ones are left out. */
  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UserException(
          "the folders that data.path names must be readable, but %s is not (%s): change its permissions"
              .formatted(folder, e),
          e);
    }
  }
}
