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
 * Reads CIFAR-10's binary version from its folder or straight from its archive. Every size and
 * every label is checked. {@code batches.meta.txt} may be missing: the class names are known.
 */
public final class CifarReader {
  private static final String REMEDY =
      "The file is damaged or no part of CIFAR-10's binary version: remove it and run submit/sieve"
          + " data fetch, or unpack "
          + Cifar10.ARCHIVE
          + " again.";

  /** Records read at a time. */
  private static final int CHUNK = 100;

  private final int batchImages;
  private final byte[][] pixels = new byte[2][];
  private final byte[][] labels = new byte[2][];
  private List<String> classNames = Cifar10.CLASS_NAMES;

  private CifarReader(int batchImages) {
    this.batchImages = batchImages;
    for (int part = 0; part < 2; part++) {
      int images = batchImages * (part == 0 ? Cifar10.TRAINING_FILES.size() : 1);
      labels[part] = new byte[images];
      pixels[part] = new byte[images * Cifar10.PIXELS];
    }
  }

  public static ImageSet read(CifarLocation location) {
    return read(location, Cifar10.BATCH_IMAGES);
  }

  /** As {@link #read(CifarLocation)}, of files with fewer images (in tests). */
  public static ImageSet read(CifarLocation location, int batchImages) {
    CifarReader reader = new CifarReader(batchImages);
    Path path = location.path();
    try {
      if (location instanceof CifarLocation.Archive) {
        reader.readArchive(path);
      } else {
        reader.readFolder(path);
      }
    } catch (EOFException | ZipException e) {
      throw new UserException(
          "CIFAR-10's files must be whole, but %s is not (%s). %s"
              .formatted(path, Objects.requireNonNullElse(e.getMessage(), "it is empty"), REMEDY),
          e);
    } catch (IOException e) {
      throw new UserException(
          ("CIFAR-10's files must be readable, but %s is not (%s): check its permissions and the"
                  + " disk.")
              .formatted(path, e),
          e);
    }
    return new ImageSet(Cifar10.NAME, reader.part(0), reader.part(1));
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
    for (String file : Cifar10.TRAINING_FILES) {
      places.put(file, new Place(0, places.size() * batchImages));
    }
    places.put(Cifar10.TEST_FILE, new Place(1, 0));
    return places;
  }

  private LabelledImages part(int part) {
    return new LabelledImages(Cifar10.PIXELS, pixels[part], labels[part], classNames);
  }

  private void readFolder(Path folder) throws IOException {
    for (Map.Entry<String, Place> entry : places().entrySet()) {
      Path file = folder.resolve(entry.getKey());
      requireSize(file.toString(), Files.size(file));
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
    Path meta = folder.resolve(Cifar10.META_FILE);
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
        CifarLocation.refuseOtherVersion(tar.name(), where);
        Place place = missing.remove(tar.name());
        if (place != null) {
          requireSize(where, tar.size());
          readBatch(where, place, tar::read);
        } else if (tar.name().equals(Cifar10.META_FILE)) {
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
          ("CIFAR-10's archive must hold data_batch_1.bin to data_batch_5.bin and test_batch.bin,"
                  + " but %s lacks %s. %s")
              .formatted(archive, String.join(", ", missing.keySet()), REMEDY));
    }
  }

  private void requireSize(String where, long bytes) {
    long rule = (long) batchImages * Cifar10.RECORD;
    if (bytes != rule) {
      throw new UserException(
          "A file of CIFAR-10 must have %s bytes (%s images of %s bytes), but %s has %s. %s"
              .formatted(rule, batchImages, Cifar10.RECORD, where, bytes, REMEDY));
    }
  }

  private void readBatch(String where, Place place, Source source) throws IOException {
    byte[] records = new byte[CHUNK * Cifar10.RECORD];
    for (int done = 0; done < batchImages; done += CHUNK) {
      int count = Math.min(CHUNK, batchImages - done);
      source.read(records, count * Cifar10.RECORD);
      for (int i = 0; i < count; i++) {
        int label = records[i * Cifar10.RECORD] & 0xff;
        if (label >= Cifar10.CLASSES) {
          throw new UserException(
              "A label must be 0 to 9, but image %s of %s (counted from 0) has %s. %s"
                  .formatted(done + i, where, label, REMEDY));
        }
        int image = place.firstImage() + done + i;
        labels[place.part()][image] = (byte) label;
        System.arraycopy(
            records,
            i * Cifar10.RECORD + 1,
            pixels[place.part()],
            image * Cifar10.PIXELS,
            Cifar10.PIXELS);
      }
    }
  }

  private void readNames(String where, byte[] text) {
    List<String> names =
        new String(text, UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (names.size() != Cifar10.CLASSES) {
      throw new UserException(
          "CIFAR-10's class names must be 10 lines, but %s has %s. %s"
              .formatted(where, names.size(), REMEDY));
    }
    classNames = names;
  }
}
