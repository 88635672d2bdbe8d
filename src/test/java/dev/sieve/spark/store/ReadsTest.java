package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Study;
import dev.sieve.spark.Fixtures;
import dev.sieve.spark.MortalFileSystem;
import dev.sieve.spark.MortalFileSystem.Life;
import dev.sieve.spark.SharedSpark;
import dev.sieve.trial.Phase;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phase reads: on a store far away every file costs a round trip. */
final class ReadsTest {
  private final SparkSession spark = SharedSpark.session();
  @TempDir private Path dir;

  @Test
  void aPhaseReadsEachFileOfATableOnce() throws InterruptedException {
    MortalFileSystem.settings().forEach(spark.sparkContext().hadoopConfiguration()::set);
    run(Phase.COARSE);
    Map<String, Long> fine = run(Phase.FINE);
    assertThat(fine.keySet())
        .anyMatch(file -> file.contains("/trial_rows/"))
        .anyMatch(file -> file.contains("/study_rows/"));
    assertThat(fine).allSatisfy((file, times) -> assertThat(times).as(file).isEqualTo(1));
  }

  /** How often a driver of its own for the phase read each file of a table. */
  private Map<String, Long> run(Phase phase) throws InterruptedException {
    Life life = MortalFileSystem.life(Integer.MAX_VALUE);
    Studies small = Studies.small();
    try (ParquetTrialStore store =
        ParquetTrialStore.open(
            spark,
            life.uri(dir),
            small.definition().name(),
            small.definition().engineType(),
            Fixtures.data())) {
      Study study =
          new Study(small.definition(), store, new ScriptedExecutor(1), new Studies.Heard());
      assertThat(study.run(phase)).isEqualTo(Study.Ending.DONE);
    }
    return life.read().stream()
        .filter(file -> file.contains("_rows/"))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
