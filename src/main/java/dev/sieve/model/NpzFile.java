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
  private static final Pattern TEXTS =
      Pattern.compile(
          "\\{'descr': '<U(\\d+)', 'fortran_order': False, 'shape': \\((\\d+),\\), \\}\\s*");

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
      byte[] npy = found(npz, name);
      return npy == null ? null : array(npy, name);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Names that are no text, numbers beyond their type: bytes that nobody wrote.
      throw new IOException("a weights file must be whole, but " + e.getMessage(), e);
    }
  }

  /**
   * One array of texts by its name, for example {@code classes}.
   *
   * @return empty where the file has no array of this name
   * @throws IOException as {@link #read}
   */
  public static List<String> texts(byte[] npz, String name) throws IOException {
    try {
      byte[] npy = found(npz, name);
      return npy == null ? List.of() : texts(ByteBuffer.wrap(npy), name);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException("a weights file must be whole, but " + e.getMessage(), e);
    }
  }

  private static List<String> texts(ByteBuffer in, String name) throws IOException {
    String header = header(in.order(ByteOrder.LITTLE_ENDIAN), name);
    Matcher matcher = TEXTS.matcher(header);
    long width = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    long count = width == 0 ? 0 : Long.parseLong(matcher.group(2));
    if (width == 0 || in.remaining() != count * width * Integer.BYTES) {
      throw new IOException(
          "array %s must hold texts and as many bytes as its header says, but that is %s"
              .formatted(name, header.strip()));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < width; j++) {
        int point = in.getInt();
        if (point != 0) {
          text.appendCodePoint(point);
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static byte @Nullable [] found(byte[] npz, String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name + ".npy")) {
          return zip.readAllBytes();
        }
      }
    }
    return null;
  }

  /** The header's text; the buffer is at the values then. */
  private static String header(ByteBuffer in, String name) throws IOException {
    int bytes = in.capacity();
    int length = bytes < PREAMBLE ? Integer.MAX_VALUE : in.getShort(PREAMBLE - 2) & 0xffff;
    if (length > bytes - PREAMBLE) {
      throw new IOException("array " + name + " must have a NumPy header, but it is cut short");
    }
    in.position(PREAMBLE + length);
    return new String(in.array(), PREAMBLE, length, ISO_8859_1);
  }

  private static Values array(byte[] npy, String name) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(in, name);
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
