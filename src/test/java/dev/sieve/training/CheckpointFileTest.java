package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Optimiser;
import dev.sieve.trial.Trial;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {
  private static final TestTrials TRIAL =
      new TestTrials()
          .optimiser(new Optimiser.Adam(0.9, 0.999, 1e-8))
          .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));

  private static CheckpointFile file(String engine) {
    return new CheckpointFile(TRIAL.trial(), engine, 2);
  }

  private static TrialState state(String engine) {
    MetricAccumulator running = new MetricAccumulator(TestTrials.CLASSES);
    try (EngineSession session =
        Engines.byType(engine).open(TRIAL.alone(), TRIAL.data().standardiser())) {
      BatchOrder order = new BatchOrder(TRIAL.trial(), TRIAL.data().train());
      for (int step = 0; step < 2; step++) {
        session.step(order.at(step), new double[] {0.1}, new MetricAccumulator[] {running});
      }
      Metrics figures = new Metrics(0.25, 1.0 / 3, 2);
      EpochMetrics best = new EpochMetrics(1, 2, 0.1, figures, figures, figures, true);
      return new TrialState(session.save(0), running, best, List.of(best, best));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "vector"})
  void whatIsReadIsWhatWasWritten(String engine) throws Exception {
    TrialState state = state(engine);

    TrialState read = file(engine).read(file(engine).bytes(state));

    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    assertThat(read.network().rule()).hasSize(2);
    assertThat(read.running().images()).isEqualTo(20);
  }

  @Test
  void aStateWithoutABestRowIsKept() throws Exception {
    TrialState state = new TrialState(state("vector").network(), new MetricAccumulator(10), null);

    assertThat(file("vector").read(file("vector").bytes(state)).best()).isNull();
  }

  @Test
  void singlePrecisionTakesFourBytesAValue() {
    int values = 6 * 7 + 7 * 5 + 5 * 10 + 7 + 5 + 10 + 2 * (7 + 5);
    int single = file("vector").bytes(state("vector")).length;
    int twice = file("reference").bytes(state("reference")).length;

    // Three of each parameter, and the evaluation statistics; the engine's name is 3 letters
    // longer.
    assertThat(twice - single).isEqualTo(4 * (3 * values + 2 * (7 + 5)) + 3);
  }

  @Test
  void everyByteIsUnderTheChecksum() {
    byte[] content = file("vector").bytes(state("vector"));
    for (int i = 8; i < content.length; i += 13) {
      byte[] damaged = content.clone();
      damaged[i] ^= 4;
      assertThatThrownBy(() -> file("vector").read(damaged))
          .hasMessage(
              "it is damaged or cut off: its checksum does not fit its %s bytes", content.length);
    }
  }

  @Test
  void aFileThatWasCutOffIsRefused() {
    byte[] content = file("vector").bytes(state("vector"));
    for (int length : new int[] {8, 12, 17, 100, content.length - 1}) {
      assertThatThrownBy(() -> file("vector").read(Arrays.copyOf(content, length)))
          .hasMessage("it is damaged or cut off: its checksum does not fit its %s bytes", length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5000})
  void anotherKindOfFileIsRefused(int length) {
    assertThatThrownBy(() -> file("vector").read(new byte[length]))
        .hasMessage("it is no checkpoint of Sieve's: it does not begin with SIEVECKP");
  }

  @Test
  void otherVersionsAreRefused() {
    byte[] format = withInt(8, 9);
    byte[] numerics = withInt(12, 77);

    assertThatThrownBy(() -> file("vector").read(format))
        .hasMessage(
            "its version of the format must be the one to go on with, but got 9 instead of 2");
    assertThatThrownBy(() -> file("vector").read(numerics))
        .hasMessageContaining("its version of the numerics must be")
        .hasMessageContaining("got 77");
  }

  @Test
  void filesOfTheFirstVersionAreRead() throws Exception {
    TrialState state = new TrialState(state("vector").network(), state("vector").running(), null);
    ByteBuffer now = ByteBuffer.wrap(file("vector").bytes(state));
    int trial = 16 + 2 + now.getShort(16);
    int loop = Double.BYTES + 100 * Integer.BYTES + 1;
    // Without the step before the loop's state and the number of rows after it.
    ByteBuffer first = ByteBuffer.allocate(now.capacity() - Long.BYTES - Integer.BYTES);
    first.put(now.slice(0, trial)).put(now.slice(trial + Long.BYTES, loop));
    int network = trial + Long.BYTES + loop + Integer.BYTES;
    first.put(now.slice(network, now.capacity() - network)).putInt(8, 1);

    assertThat(file("vector").read(summed(first.array())))
        .usingRecursiveComparison()
        .isEqualTo(state);
  }

  @Test
  void theBeginningTellsTheStep() {
    Trial trial = TRIAL.trial();
    Trial later = new TestTrials().stage(1, 1, 4).trial();
    byte[] content = CheckpointFile.within(trial, "vector").bytes(state("vector"));
    byte[] head = Arrays.copyOf(content, 600);

    assertThat(CheckpointFile.within(trial, "vector").steps(head)).isEqualTo(2);
    assertThat(CheckpointFile.within(trial, "reference").steps(head)).isZero();
    assertThat(CheckpointFile.within(later, "vector").steps(head)).isZero();
    assertThat(CheckpointFile.within(trial, "vector").steps(Arrays.copyOf(head, 100))).isZero();
    assertThat(CheckpointFile.within(trial, "vector").steps(new byte[1000])).isZero();
    assertThat(content.length).isGreaterThan(600);
    assertThat(trial.toString()).hasSizeLessThan(CheckpointFile.HEAD);
  }

  private static byte[] summed(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, content.length - 4);
    ByteBuffer.wrap(content).putInt(content.length - 4, (int) checksum.getValue());
    return content;
  }

  private static byte[] withInt(int at, int value) {
    byte[] content = file("vector").bytes(state("vector"));
    ByteBuffer.wrap(content).putInt(at, value);
    return summed(content);
  }

  @Test
  void anotherTrialsAndAnotherStepsAreRefused() {
    byte[] content = file("vector").bytes(state("vector"));
    TestTrials other = new TestTrials().lambda(0.5);

    assertThatThrownBy(() -> new CheckpointFile(other.trial(), "vector", 2).read(content))
        .hasMessageContaining("its trial must be the one to go on with")
        .hasMessageContaining("lambda=0.5");
    assertThatThrownBy(() -> file("reference").read(content))
        .hasMessageContaining("got vector engine");
    assertThatThrownBy(() -> new CheckpointFile(TRIAL.trial(), "vector", 3).read(content))
        .hasMessage("its step must be the one to go on with, but got 2 instead of 3");
  }
}
