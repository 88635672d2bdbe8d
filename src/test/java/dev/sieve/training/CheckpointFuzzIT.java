package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.factory.Engines;
import dev.sieve.fuzz.Fuzz;
import dev.sieve.fuzz.FuzzKind;
import dev.sieve.fuzz.Mutations;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.trial.Optimiser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints as a disk or another program may leave them, half of them with a fitting checksum.
 */
final class CheckpointFuzzIT {
  private static final TestTrials TRIAL =
      new TestTrials()
          .optimiser(new Optimiser.Adam(0.9, 0.999, 1e-8))
          .batchNorm(TestTrials.batchNorm(Placement.BEFORE_ACTIVATION, true));

  @Test
  void checkpoints() {
    CheckpointFile file = new CheckpointFile(TRIAL.trial(), "vector", 0);
    byte[] good;
    try (EngineSession session =
        Engines.byType("vector").open(TRIAL.alone(), TRIAL.data().standardiser())) {
      good =
          file.bytes(
              new TrialState(session.save(0), new MetricAccumulator(TestTrials.CLASSES), null));
    }
    // What cannot be read is told as an IOException, which the caller turns to a run from the
    // start.
    double refused =
        new Fuzz(FuzzKind.CHECKPOINT, List.of(IOException.class))
            .run(
                random -> {
                  byte[] bad = Mutations.bytes(good, random);
                  return random.nextBoolean() ? bad : sealed(bad);
                },
                file::read);
    assertThat(refused).isPositive();
  }

  private static byte[] sealed(byte[] content) {
    if (content.length >= Integer.BYTES) {
      CRC32C checksum = new CRC32C();
      checksum.update(content, 0, content.length - Integer.BYTES);
      ByteBuffer.wrap(content).putInt(content.length - Integer.BYTES, (int) checksum.getValue());
    }
    return content;
  }
}
