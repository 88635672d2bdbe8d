package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sieve.error.UserException;
import dev.sieve.spark.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the results is full in the middle of a study, and has space again. */
@Timeout(300)
class FullDiskIT {
  /** Space for the first rows, and for some more. */
  private static final int[] SPACES = {48 << 10, 192 << 10};

  @TempDir Path scratch;

  @Test
  void theStudyEndsWithOneMessageAndTheSameCommandGoesOn() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(scratch.resolve("disk"), 4);
    assumeTrue(mounted.isPresent(), SmallDisk.MISSING);
    String study = SmallStudies.LEVELS;
    try (SmallDisk disk = mounted.orElseThrow();
        SmallStudies studies = new SmallStudies(scratch)) {
      Path undisturbed = scratch.resolve("undisturbed");
      assertThat(studies.run(study, undisturbed.toString()).status()).isZero();
      List<String> expected = studies.table(undisturbed);

      int before = 0;
      for (int space : SPACES) {
        disk.fillBut(space);
        assertThatThrownBy(() -> studies.run(study, disk.folder().toString()))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("results.dir must be a folder that can be written to")
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("free space")
            .message()
            .hasLineCount(1);
        List<String> kept = studies.table(disk.folder());
        assertThat(expected).as("what was committed is whole").containsAll(kept);
        assertThat(kept).hasSizeGreaterThan(before);
        before = kept.size();
        disk.free();
      }

      assertThat(studies.run(study, disk.folder().toString()).status()).isZero();
      assertThat(studies.table(disk.folder())).isEqualTo(expected);
    }
  }
}
