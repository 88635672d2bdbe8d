package dev.sieve.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/** NumPy's format of one array, version 1.0: magic, header text, values. */
final class NumpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The values begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private NumpyArray() {}

  /** A whole {@code .npy} file: the matrix's elements in row-major order under the given shape. */
  static byte[] bytes(DMatrixRMaj matrix, int... shape) {
    String dimensions =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    // A Python tuple of one element needs its comma.
    dimensions += shape.length == 1 ? "," : "";
    int values = matrix.getNumElements();
    ByteBuffer out = begin("<f8", dimensions, values * Double.BYTES);
    for (int i = 0; i < values; i++) {
      out.putDouble(matrix.data[i]);
    }
    return out.array();
  }

  /** The same of texts: NumPy's type {@code U}, so many code points of four bytes each. */
  static byte[] bytes(List<String> texts) {
    int width = 1;
    for (String text : texts) {
      width = Math.max(width, text.codePointCount(0, text.length()));
    }
    ByteBuffer out = begin("<U" + width, texts.size() + ",", texts.size() * width * Integer.BYTES);
    for (String text : texts) {
      int next = out.position() + width * Integer.BYTES;
      text.codePoints().forEach(out::putInt);
      out.position(next);
    }
    return out.array();
  }

  private static ByteBuffer begin(String type, String dimensions, int bytes) {
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, dimensions);
    int used = MAGIC.length + Short.BYTES + text.length() + 1;
    int padding = Math.floorMod(-used, ALIGNMENT);
    ByteBuffer out = ByteBuffer.allocate(used + padding + bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putShort((short) (text.length() + padding + 1));
    out.put(text.getBytes(US_ASCII)).put(" ".repeat(padding).getBytes(US_ASCII)).put((byte) '\n');
    return out;
  }
}
