package dev.sieve.model;

import dev.sieve.data.InputColumns;
import dev.sieve.data.Standardiser;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A trained network as {@code weights.npz}, which NumPy reads: the same bytes for the same network.
 */
public final class WeightsFile {
  /** Every entry's time: the true one would change the bytes. */
  private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 2, 1, 0, 0);

  private WeightsFile() {}

  /**
   * Writes arrays {@code W1, b1, gamma1, beta1, mean1, variance1, W2 …} and {@code
   * standardiser_mean, standardiser_scale}, little-endian doubles: W d×m, all others vectors. A
   * layer without batch norm, or without γ and β, has no such arrays. The stream is not closed.
   */
  public static void write(OutputStream out, Parameters parameters, Standardiser standardiser)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    add(zip, parameters, standardiser);
    zip.finish();
  }

  private static void add(ZipOutputStream zip, Parameters parameters, Standardiser standardiser)
      throws IOException {
    int number = 0;
    for (LayerParameters layer : parameters.layers()) {
      number++;
      DMatrixRMaj w = layer.weights();
      add(zip, "W" + number, w, w.numRows, w.numCols);
      addVector(zip, "b" + number, layer.biases());
      addVector(zip, "gamma" + number, layer.gamma());
      addVector(zip, "beta" + number, layer.beta());
      addVector(zip, "mean" + number, layer.mean());
      addVector(zip, "variance" + number, layer.variance());
    }
    int inputs = standardiser.inputs();
    addVector(zip, "standardiser_mean", DMatrixRMaj.wrap(1, inputs, standardiser.mean()));
    addVector(zip, "standardiser_scale", DMatrixRMaj.wrap(1, inputs, standardiser.scale()));
  }

  /**
   * The same of a table's network, and the arrays of texts {@code inputs}, a name for each row of
   * W1, {@code classes}, in the order of the labels, and where the numbers were clipped {@code
   * smooth_clip} with its bound.
   */
  public static void write(
      OutputStream out, Parameters parameters, InputColumns columns, List<String> classes)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    add(zip, parameters, columns.standardiser());
    add(zip, "inputs", NumpyArray.bytes(columns.names()));
    add(zip, "classes", NumpyArray.bytes(classes));
    if (columns.clipped()) {
      addVector(zip, "smooth_clip", DMatrixRMaj.wrap(1, 1, new double[] {InputColumns.BOUND}));
    }
    zip.finish();
  }

  private static void addVector(ZipOutputStream zip, String name, @Nullable DMatrixRMaj vector)
      throws IOException {
    if (vector != null) {
      add(zip, name, vector, vector.getNumElements());
    }
  }

  /** Stored, not deflated: weights hardly shrink, and zlib's bytes differ between its releases. */
  private static void add(ZipOutputStream zip, String name, DMatrixRMaj matrix, int... shape)
      throws IOException {
    add(zip, name, NumpyArray.bytes(matrix, shape));
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(WRITTEN);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
