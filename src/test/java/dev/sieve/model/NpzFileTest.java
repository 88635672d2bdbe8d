package dev.sieve.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.InputColumns;
import dev.sieve.data.Standardiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class NpzFileTest {
  private static byte[] weights() throws IOException {
    DMatrixRMaj w = new DMatrixRMaj(new double[][] {{1, -2, 3e-300}, {4, 5, 6}});
    DMatrixRMaj b = new DMatrixRMaj(1, 3, true, 7, 8, 9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WeightsFile.write(
        out,
        new Parameters(List.of(new LayerParameters(w, b, null, null, null, null))),
        new Standardiser(new double[] {1, 2}, new double[] {3, 4}));
    return out.toByteArray();
  }

  private static byte[] file(byte[] array) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("W1.npy"));
      zip.write(array);
    }
    return out.toByteArray();
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    NpzFile.Values w = Objects.requireNonNull(NpzFile.read(weights(), "W1"));

    assertThat(w.shape()).containsExactly(2, 3);
    assertThat(w.values()).containsExactly(1, -2, 3e-300, 4, 5, 6);
    NpzFile.Values scale = Objects.requireNonNull(NpzFile.read(weights(), "standardiser_scale"));
    assertThat(scale.shape()).containsExactly(2);
    assertThat(NpzFile.read(weights(), "W2")).isNull();
  }

  @Test
  void textsOfATableAreReadBack() throws IOException {
    DMatrixRMaj w = new DMatrixRMaj(new double[][] {{1, -2}, {4, 5}});
    DMatrixRMaj b = new DMatrixRMaj(1, 2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Standardiser standardiser = new Standardiser(new double[] {1, 0}, new double[] {3, 1});
    WeightsFile.write(
        out,
        new Parameters(List.of(new LayerParameters(w, b, null, null, null, null))),
        new InputColumns(List.of("λ 𝜂", ""), standardiser, true),
        List.of("yes", "no"));
    byte[] file = out.toByteArray();

    assertThat(NpzFile.texts(file, "inputs")).containsExactly("λ 𝜂", "");
    assertThat(NpzFile.texts(file, "classes")).containsExactly("yes", "no");
    assertThat(NpzFile.texts(file, "none")).isEmpty();
    assertThat(Objects.requireNonNull(NpzFile.read(file, "standardiser_scale")).values())
        .containsExactly(3, 1);
    assertThat(Objects.requireNonNull(NpzFile.read(file, "smooth_clip")).values())
        .containsExactly(3);
    assertThatThrownBy(() -> NpzFile.texts(file, "W1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("array W1 must hold texts");
    assertThatThrownBy(() -> NpzFile.read(file, "inputs"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its header says {'descr': '<U3'");
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    byte[] good = NumpyArray.bytes(new DMatrixRMaj(2, 2), 2, 2);
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 1);
    byte[] floats = new String(good, ISO_8859_1).replace("<f8", "<f4").getBytes(ISO_8859_1);

    assertThatThrownBy(() -> NpzFile.read(file(cut), "W1"))
        .hasMessage("array W1 of shape [2, 2] must have 32 bytes, but has 31");
    assertThatThrownBy(() -> NpzFile.read(file(floats), "W1"))
        .hasMessageStartingWith(
            "array W1 must hold little-endian doubles row by row, but its header says {'descr': '<f4'");
    assertThatThrownBy(() -> NpzFile.read(file(new byte[3]), "W1"))
        .hasMessage("array W1 must have a NumPy header, but it is cut short");
  }
}
