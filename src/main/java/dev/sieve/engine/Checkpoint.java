package dev.sieve.engine;

import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All that a network needs to go on training, apart from its group: matrices in row-major order,
 * whatever layout an engine keeps them in. Every value is exact in {@code precision}.
 *
 * @param steps steps taken; the moving averages have begun with the first
 * @param parameters with the evaluation statistics
 * @param rule the update rule's state, shaped as the parameters and without statistics: nothing for
 *     gradient descent, the velocities for momentum, first and second moments for Adam
 */
public record Checkpoint(
    Precision precision, long steps, Parameters parameters, List<Parameters> rule) {
  /** What an engine computes in. */
  public enum Precision {
    SINGLE(Float.BYTES),
    DOUBLE(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
      this.bytes = bytes;
    }
  }

  public Checkpoint {
    rule = List.copyOf(rule);
    if (steps < 0) {
      throw new IllegalArgumentException("steps >= 0 must hold, but got " + steps);
    }
  }

  /**
   * Returns if a network of this shape can be loaded.
   *
   * @param states matrices that the update rule keeps for each parameter
   * @throws IllegalArgumentException if not
   */
  public void requireFits(NetworkSpec network, Precision wanted, int states) {
    String expected = wanted + ", " + states + " states, " + shape(network);
    String actual = precision + ", " + rule.size() + " states, " + shape(parameters);
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException(
          "a checkpoint must be of the network that it is loaded into, but it has %s, and the network %s"
              .formatted(actual, expected));
    }
    for (Parameters state : rule) {
      for (int i = 0; i < state.layers().size(); i++) {
        LayerParameters layer = state.layers().get(i);
        if (!parts(layer).equals(parts(parameters.layers().get(i)))) {
          throw new IllegalArgumentException(
              "an update rule's state must have the shape of the parameters, but in layer %s it has %s"
                  .formatted(i, parts(layer)));
        }
      }
    }
  }

  private static String shape(NetworkSpec network) {
    StringBuilder text = new StringBuilder();
    for (int layer = 0; layer < network.layers(); layer++) {
      boolean affine = network.batchNorm() != null && network.batchNorm().affine();
      String part = network.fanIn(layer) + "x" + network.fanOut(layer);
      text.append(part)
          .append(network.normalises(layer) ? " normalised" : "")
          .append(network.normalises(layer) && affine ? " affine" : "")
          .append(' ');
    }
    return text.toString().strip();
  }

  private static String shape(Parameters parameters) {
    StringBuilder text = new StringBuilder();
    for (LayerParameters layer : parameters.layers()) {
      text.append(parts(layer)).append(layer.mean() == null ? "" : " normalised");
      text.append(layer.gamma() == null ? "" : " affine").append(' ');
    }
    return text.toString().strip();
  }

  private static String parts(LayerParameters layer) {
    return layer.weights().numRows + "x" + layer.weights().numCols;
  }

  /** What {@link #write} takes for the values alone. */
  public int bytes() {
    long values = values(parameters);
    for (Parameters state : rule) {
      values += values(state);
    }
    return Math.toIntExact(precision.bytes * values);
  }

  private static long values(Parameters parameters) {
    long values = 0;
    for (LayerParameters layer : parameters.layers()) {
      // Biases, scale, shift and the two statistics are vectors.
      values += layer.weights().getNumElements() + 5L * layer.biases().getNumElements();
    }
    return values;
  }

  /** Big-endian, the values in this precision. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(precision.bytes);
    out.writeLong(steps);
    out.writeByte(rule.size());
    out.writeByte(parameters.layers().size());
    write(out, parameters);
    for (Parameters state : rule) {
      write(out, state);
    }
  }

  private void write(DataOutput out, Parameters values) throws IOException {
    for (LayerParameters layer : values.layers()) {
      write(out, layer.weights());
      write(out, layer.biases());
      write(out, layer.gamma());
      write(out, layer.beta());
      write(out, layer.mean());
      write(out, layer.variance());
    }
  }

  private void write(DataOutput out, @Nullable DMatrixRMaj matrix) throws IOException {
    if (matrix == null) {
      out.writeInt(0);
      return;
    }
    int values = matrix.getNumElements();
    out.writeInt(matrix.numRows);
    out.writeInt(matrix.numCols);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values, precision.bytes));
    for (int i = 0; i < values; i++) {
      if (precision == Precision.SINGLE) {
        bytes.putFloat((float) matrix.data[i]);
      } else {
        bytes.putDouble(matrix.data[i]);
      }
    }
    out.write(bytes.array());
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public static Checkpoint read(DataInput in) throws IOException {
    int bytes = in.readUnsignedByte();
    if (bytes != Float.BYTES && bytes != Double.BYTES) {
      throw new IOException("values must have 4 or 8 bytes, but got " + bytes);
    }
    Precision precision = bytes == Float.BYTES ? Precision.SINGLE : Precision.DOUBLE;
    long steps = in.readLong();
    int states = in.readUnsignedByte();
    int layers = in.readUnsignedByte();
    Parameters parameters = readParameters(in, precision, layers);
    List<Parameters> rule = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      rule.add(readParameters(in, precision, layers));
    }
    return new Checkpoint(precision, steps, parameters, rule);
  }

  private static Parameters readParameters(DataInput in, Precision precision, int layers)
      throws IOException {
    List<LayerParameters> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      DMatrixRMaj weights = readMatrix(in, precision);
      DMatrixRMaj biases = readMatrix(in, precision);
      if (weights == null || biases == null) {
        throw new IOException("every layer must have weights and biases, but layer " + i);
      }
      all.add(
          new LayerParameters(
              weights,
              biases,
              readMatrix(in, precision),
              readMatrix(in, precision),
              readMatrix(in, precision),
              readMatrix(in, precision)));
    }
    return new Parameters(all);
  }

  private static @Nullable DMatrixRMaj readMatrix(DataInput in, Precision precision)
      throws IOException {
    int rows = in.readInt();
    if (rows == 0) {
      return null;
    }
    int columns = in.readInt();
    if (rows < 0 || columns < 0 || (long) rows * columns > left(in) / precision.bytes) {
      throw new IOException(
          "a matrix must end with its file, but one of %s × %s does not".formatted(rows, columns));
    }
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    byte[] bytes = new byte[Math.multiplyExact(matrix.getNumElements(), precision.bytes)];
    in.readFully(bytes);
    ByteBuffer values = ByteBuffer.wrap(bytes);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = precision == Precision.SINGLE ? values.getFloat() : values.getDouble();
    }
    return matrix;
  }

  /** Bytes that may still come: those that are there where it can be told. */
  private static long left(DataInput in) throws IOException {
    return in instanceof InputStream stream ? stream.available() : Integer.MAX_VALUE;
  }
}
