package dev.sieve.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Numerics;
import dev.sieve.trial.Trial;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A trial's state as a file, big-endian: magic, version of the format, version of the numerics, the
 * trial, its step, its loop's state, its network, and a CRC-32C of all that. The same state is the
 * same bytes, whatever group, kernels and machine it comes from.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "SIEVECKP".getBytes(US_ASCII);
  private static final int VERSION = 2;

  /** Without the step in front and the rows of a stage. */
  private static final int FIRST_VERSION = 1;

  private final String trial;
  private final int classes;
  private final long least;
  private final long most;

  /**
   * Between two rungs.
   *
   * @param engineType engines do not read each other's checkpoints
   * @param steps steps taken at the checkpoint
   */
  CheckpointFile(Trial trial, String engineType, long steps) {
    this(trial, identity(trial, engineType), steps, steps);
  }

  private CheckpointFile(Trial trial, String identity, long least, long most) {
    this.trial = identity;
    this.classes = trial.settings().network().classes();
    this.least = least;
    this.most = most;
  }

  /** Anywhere within a trial's stage. */
  static CheckpointFile within(Trial trial, String engineType) {
    // The rows of the stage are in it.
    String rows =
        ", from step %s on%s"
            .formatted(
                trial.stage().from(),
                trial.settings().measuresTest() ? ", on test images too" : "");
    return new CheckpointFile(
        trial, identity(trial, engineType) + rows, trial.stage().from() + 1, trial.stage().to());
  }

  /** All that decides the state but the data set, which the store keeps apart. */
  private static String identity(Trial trial, String engineType) {
    return "%s engine, seed %s, replicate %s, %s, %s, %s"
        .formatted(
            engineType,
            trial.seed(),
            trial.replicate(),
            trial.settings().network(),
            trial.settings().training(),
            trial.settings().data());
  }

  byte[] bytes(TrialState state) {
    Bytes bytes = new Bytes(state.network().bytes() + SLACK);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(Numerics.VERSION);
      out.writeUTF(trial);
      out.writeLong(state.network().steps());
      state.running().write(out);
      write(out, state.best());
      out.writeInt(state.rows().size());
      for (EpochMetrics row : state.rows()) {
        write(out, row);
      }
      state.network().write(out);
      out.writeInt(bytes.checksum());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @throws IOException if the content is damaged, or of something else; says which
   */
  TrialState read(byte[] content) throws IOException {
    if (content.length < MAGIC.length
        || !Arrays.equals(MAGIC, Arrays.copyOf(content, MAGIC.length))) {
      throw new IOException("it is no checkpoint of Sieve's: it does not begin with SIEVECKP");
    }
    int end = content.length - Integer.BYTES;
    if (end < MAGIC.length + 2 * Integer.BYTES
        || ByteBuffer.wrap(content).getInt(end) != checksum(content, end)) {
      throw new IOException(
          "it is damaged or cut off: its checksum does not fit its %s bytes"
              .formatted(content.length));
    }
    try {
      return parsed(content, end);
    } catch (EOFException | RuntimeException e) {
      throw new IOException("its content is not what its head says: " + e, e);
    }
  }

  private TrialState parsed(byte[] content, int end) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content, 0, end));
    in.skipNBytes(MAGIC.length);
    int version = in.readInt();
    if (version != FIRST_VERSION) {
      require("version of the format", VERSION, version);
    }
    require("version of the numerics", Numerics.VERSION, in.readInt());
    require("trial", trial, in.readUTF());
    if (version != FIRST_VERSION) {
      requireStep(in.readLong());
    }
    MetricAccumulator running = new MetricAccumulator(classes);
    running.read(in);
    EpochMetrics best = readRow(in);
    List<EpochMetrics> rows = new ArrayList<>();
    int count = version == FIRST_VERSION ? 0 : in.readInt();
    for (int i = 0; i < count; i++) {
      EpochMetrics row = readRow(in);
      if (row != null) {
        rows.add(row);
      }
    }
    Checkpoint network = Checkpoint.read(in);
    requireStep(network.steps());
    return new TrialState(network, running, best, rows);
  }

  /** Bytes of a file that {@link #steps} needs. */
  static final int HEAD = 8 << 10;

  /**
   * The step of a file, by its beginning alone; 0 if it is of something else. What lies behind is
   * not looked at: {@link #read} may still refuse it.
   */
  long steps(byte[] head) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      boolean same =
          Arrays.equals(MAGIC, magic)
              && in.readInt() == VERSION
              && in.readInt() == Numerics.VERSION
              && in.readUTF().equals(trial);
      long steps = same ? in.readLong() : 0;
      return steps >= least && steps <= most ? steps : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void requireStep(long steps) throws IOException {
    if (steps < least || steps > most) {
      require("step", least == most ? least : least + " to " + most, steps);
    }
  }

  private static void require(String what, Object expected, Object actual) throws IOException {
    if (!expected.equals(actual)) {
      throw new IOException(
          "its %s must be the one to go on with, but got %s instead of %s"
              .formatted(what, actual, expected));
    }
  }

  /** Beside the network: the trial, the tally, the rows of some hundred epochs. */
  private static final int SLACK = 64 << 10;

  /** A buffer that is not copied to be summed up. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes(int size) {
      super(size);
    }

    synchronized int checksum() {
      return CheckpointFile.checksum(buf, count);
    }
  }

  private static int checksum(byte[] content, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, length);
    return (int) checksum.getValue();
  }

  private static void write(DataOutputStream out, @Nullable EpochMetrics row) throws IOException {
    out.writeBoolean(row != null);
    if (row != null) {
      out.writeInt(row.epoch());
      out.writeLong(row.step());
      out.writeDouble(row.eta());
      out.writeBoolean(row.fullSet());
      write(out, row.train());
      write(out, row.validation());
      out.writeBoolean(row.test() != null);
      if (row.test() != null) {
        write(out, row.test());
      }
    }
  }

  private static @Nullable EpochMetrics readRow(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    int epoch = in.readInt();
    long step = in.readLong();
    double eta = in.readDouble();
    boolean fullSet = in.readBoolean();
    Metrics train = readFigures(in);
    Metrics validation = readFigures(in);
    Metrics test = in.readBoolean() ? readFigures(in) : null;
    return new EpochMetrics(epoch, step, eta, train, validation, test, fullSet);
  }

  private static void write(DataOutputStream out, Metrics figures) throws IOException {
    out.writeDouble(figures.accuracy());
    out.writeDouble(figures.loss());
    out.writeDouble(figures.cost());
  }

  private static Metrics readFigures(DataInputStream in) throws IOException {
    return new Metrics(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
