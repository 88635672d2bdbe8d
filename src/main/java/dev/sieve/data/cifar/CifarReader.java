package dev.sieve.data.cifar;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.data.ImageSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.error.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * Reads a binary version from its folder or straight from its archive. Every size and every label
 * is checked. The file of the class names may be missing.
 */
public final class CifarReader {
  /** Records read at a time. */
  private static final int CHUNK = 100;

  private final CifarVersion version;
  private final byte[][] pixels = new byte[2][];
  private final byte[][] labels = new byte[2][];
  private List<String> classNames;

  private CifarReader(CifarVersion version) {
    this.version = version;
    this.classNames = version.names();
    for (int part = 0; part < 2; part++) {
      int images = part == 0 ? version.training() : version.testImages();
      labels[part] = new byte[images];
      pixels[part] = new byte[images * Cifar10.PIXELS];
    }
  }

  public static ImageSet read(CifarLocation location, CifarVersion version) {
    CifarReader reader = new CifarReader(version);
    Path path = location.path();
    try {
      if (location instanceof CifarLocation.Archive) {
        reader.readArchive(path);
      } else {
        reader.readFolder(path);
      }
    } catch (EOFException | ZipException e) {
      throw new UserException(
          "%s's files must be whole, but %s is not (%s). %s"
              .formatted(
                  version.title(),
                  path,
                  Objects.requireNonNullElse(e.getMessage(), "it is empty"),
                  reader.remedy()),
          e);
    } catch (IOException e) {
      throw new UserException(
          ("%s's files must be readable, but %s is not (%s): check its permissions and the"
                  + " disk.")
              .formatted(version.title(), path, e),
          e);
    }
    return new ImageSet(version.name(), reader.part(0), reader.part(1));
  }

  /** A file's place in the data set: part 0 is training, 1 is test. */
  private record Place(int part, int firstImage) {}

  /** Where the records of an open file come from. */
  @FunctionalInterface
  private interface Source {
    /** Fills the first {@code length} bytes or throws {@link EOFException}. */
    public void read(byte[] out, int length) throws IOException;
  }

  private Map<String, Place> places() {
    Map<String, Place> places = new LinkedHashMap<>();
    for (String file : version.trainingFiles()) {
      places.put(file, new Place(0, places.size() * version.trainingImages()));
    }
    places.put(version.testFile(), new Place(1, 0));
    return places;
  }

  private LabelledImages part(int part) {
    return new LabelledImages(Cifar10.PIXELS, pixels[part], labels[part], classNames);
  }

  private void readFolder(Path folder) throws IOException {
    for (Map.Entry<String, Place> entry : places().entrySet()) {
      Path file = folder.resolve(entry.getKey());
      requireSize(file.toString(), entry.getValue(), Files.size(file));
      try (InputStream in = Files.newInputStream(file)) {
        readBatch(
            file.toString(),
            entry.getValue(),
            (out, length) -> {
              if (in.readNBytes(out, 0, length) < length) {
                throw new EOFException(file.getFileName() + " breaks off");
              }
            });
      }
    }
    Path meta = folder.resolve(version.namesFile());
    if (Files.exists(meta)) {
      readNames(meta.toString(), Files.readAllBytes(meta));
    }
  }

  private void readArchive(Path archive) throws IOException {
    Map<String, Place> missing = places();
    try (InputStream in = ArchiveContent.open(archive)) {
      TarReader tar = new TarReader(in);
      while (tar.next()) {
        String where = archive + "!/" + tar.path();
        CifarLocation.refuseOtherVersion(version, tar.name(), where);
        Place place = missing.remove(tar.name());
        if (place != null) {
          requireSize(where, place, tar.size());
          readBatch(where, place, tar::read);
        } else if (tar.name().equals(version.namesFile())) {
          byte[] text = new byte[(int) Math.min(tar.size(), 4096)];
          tar.read(text, text.length);
          readNames(where, text);
        }
      }
      // To the very end: only there is the checksum of the compressed stream.
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s's archive must hold %s, but %s lacks %s. %s"
              .formatted(
                  version.title(),
                  version.files(),
                  archive,
                  String.join(", ", missing.keySet()),
                  remedy()));
    }
  }

  private int images(Place place) {
    return place.part() == 0 ? version.trainingImages() : version.testImages();
  }

  private void requireSize(String where, Place place, long bytes) {
    long rule = (long) images(place) * version.record();
    if (bytes != rule) {
      throw new UserException(
          "A file of %s must have %s bytes (%s images of %s bytes), but %s has %s. %s"
              .formatted(
                  version.title(), rule, images(place), version.record(), where, bytes, remedy()));
    }
  }

  private String remedy() {
    return "The file is damaged or no part of %s's binary version: remove it and run %s, or unpack %s again."
        .formatted(version.title(), version.fetch(), version.archive().file());
  }

  private void readBatch(String where, Place place, Source source) throws IOException {
    int record = version.record();
    byte[] records = new byte[CHUNK * record];
    for (int done = 0; done < images(place); done += CHUNK) {
      int count = Math.min(CHUNK, images(place) - done);
      source.read(records, count * record);
      for (int i = 0; i < count; i++) {
        int label = records[i * record + version.label()] & 0xff;
        if (label >= version.classes()) {
          throw new UserException(
              "A label must be 0 to %s, but image %s of %s (counted from 0) has %s. %s"
                  .formatted(version.classes() - 1, done + i, where, label, remedy()));
        }
        int image = place.firstImage() + done + i;
        labels[place.part()][image] = (byte) label;
        System.arraycopy(
            records,
            i * record + version.labelBytes(),
            pixels[place.part()],
            image * Cifar10.PIXELS,
            Cifar10.PIXELS);
      }
    }
  }

  private void readNames(String where, byte[] text) {
    List<String> names =
        new String(text, UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (names.size() != version.classes()) {
      throw new UserException(
          "%s's class names must be %s lines, but %s has %s. %s"
              .formatted(version.title(), version.classes(), where, names.size(), remedy()));
    }
    classNames = names;
  }
}
