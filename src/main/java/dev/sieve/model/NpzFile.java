package dev.sieve.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Reads single arrays of the files that {@link WeightsFile} writes. */
public final class NpzFile {
  private static final int PREAMBLE = 10;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(([\\d, ]*)\\), \\}\\s*");

  private NpzFile() {}

  /**
   * An array.
   *
   * @param shape its dimensions
   * @param values in row-major order; belongs to whoever holds the record
   */
  public record Values(List<Integer> shape, double[] values) {
    public Values {
      shape = List.copyOf(shape);
    }
  }

  /**
   * One array by its name, for example {@code W1}.
   *
   * @return null where the file has no array of this name
   * @throws IOException if the bytes are no such file: cut short, of another type or order
   */
  public static @Nullable Values read(byte[] npz, String name) throws IOException {
    try {
      return found(npz, name);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Names that are no text, numbers beyond their type: bytes that nobody wrote.
      throw new IOException("a weights file must be whole, but " + e.getMessage(), e);
    }
  }

  private static @Nullable Values found(byte[] npz, String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name + ".npy")) {
          return array(zip.readAllBytes(), name);
        }
      }
    }
    return null;
  }

  private static Values array(byte[] npy, String name) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    int length = npy.length < PREAMBLE ? Integer.MAX_VALUE : in.getShort(PREAMBLE - 2) & 0xffff;
    if (length > npy.length - PREAMBLE) {
      throw new IOException("array " + name + " must have a NumPy header, but it is cut short");
    }
    String header = new String(npy, PREAMBLE, length, ISO_8859_1);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException(
          "array %s must hold little-endian doubles row by row, but its header says %s"
              .formatted(name, header.strip()));
    }
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (String dimension : matcher.group(1).split(",", -1)) {
      if (!dimension.isBlank()) {
        shape.add(Integer.valueOf(dimension.strip()));
        count *= shape.get(shape.size() - 1);
      }
    }
    in.position(PREAMBLE + length);
    if (in.remaining() != count * Double.BYTES) {
      throw new IOException(
          "array %s of shape %s must have %s bytes, but has %s"
              .formatted(name, shape, count * Double.BYTES, in.remaining()));
    }
    double[] values = new double[(int) count];
    in.asDoubleBuffer().get(values);
    return new Values(shape, values);
  }
}
