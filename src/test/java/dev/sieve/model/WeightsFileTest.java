package dev.sieve.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.Standardiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class WeightsFileTest {
  private static final DMatrixRMaj W1 =
      new DMatrixRMaj(new double[][] {{1, -2, 3e-300}, {4, 5, 6}});

  private static DMatrixRMaj row(double... values) {
    return new DMatrixRMaj(1, values.length, true, values);
  }

  private static Parameters parameters() {
    return new Parameters(
        List.of(
            new LayerParameters(
                W1, row(7, 8, 9), row(1, 2, 3), row(4, 5, 6), row(0.1, 0.2, 0.3), row(1, 1, 2)),
            new LayerParameters(
                new DMatrixRMaj(new double[][] {{1}, {2}, {3}}),
                row(0.5),
                null,
                null,
                null,
                null)));
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WeightsFile.write(
        out, parameters(), new Standardiser(new double[] {1, 2}, new double[] {3, 4}));
    return out.toByteArray();
  }

  private static Map<String, ByteBuffer> arrays() throws IOException {
    Map<String, ByteBuffer> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        arrays.put(e.getName(), ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return arrays;
  }

  private static String header(ByteBuffer array) {
    byte[] text = new byte[array.getShort(8)];
    array.get(10, text);
    return new String(text, US_ASCII);
  }

  private static double[] values(ByteBuffer array) {
    array.position(10 + array.getShort(8));
    double[] values = new double[array.remaining() / Double.BYTES];
    array.asDoubleBuffer().get(values);
    return values;
  }

  private static ByteBuffer array(String name) throws IOException {
    ByteBuffer array = arrays().get(name);
    assertThat(array).as(name).isNotNull();
    return array == null ? ByteBuffer.allocate(0) : array;
  }

  @Test
  void everyArrayHasItsName() throws IOException {
    assertThat(arrays().keySet())
        .containsExactly(
            "W1.npy",
            "b1.npy",
            "gamma1.npy",
            "beta1.npy",
            "mean1.npy",
            "variance1.npy",
            "W2.npy",
            "b2.npy",
            "standardiser_mean.npy",
            "standardiser_scale.npy");
  }

  @Test
  void anArrayIsInNumpysFormat() throws IOException {
    ByteBuffer w = array("W1.npy");

    assertThat(new byte[] {w.get(0), w.get(1), w.get(5), w.get(6), w.get(7)})
        .containsExactly(0x93, 'N', 'Y', 1, 0);
    assertThat(header(w))
        .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith("\n");
    assertThat((10 + w.getShort(8)) % 64).isZero();
    assertThat(values(w)).containsExactly(1, -2, 3e-300, 4, 5, 6);
  }

  @Test
  void vectorsHaveOneDimension() throws IOException {
    assertThat(header(array("b2.npy"))).contains("'shape': (1,), }");
    assertThat(values(array("variance1.npy"))).containsExactly(1, 1, 2);
    assertThat(values(array("standardiser_scale.npy"))).containsExactly(3, 4);
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    assertThat(written()).isEqualTo(written());
  }

  @Test
  void aReshapedMatrixIsWrittenWithoutWhatLiesBehindIt() throws IOException {
    DMatrixRMaj reshaped = new DMatrixRMaj(5, 5);
    reshaped.reshape(1, 2);

    assertThat(
            values(ByteBuffer.wrap(NumpyArray.bytes(reshaped, 2)).order(ByteOrder.LITTLE_ENDIAN)))
        .hasSize(2);
  }
}
