package dev.sieve.search.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.search.MemoryTrialStore;
import dev.sieve.search.ScriptedExecutor;
import dev.sieve.search.Studies;
import dev.sieve.search.Studies.Heard;
import dev.sieve.search.Study;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialResult;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedComparisonTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 10})
  void pairsThatAllAgreeAreTheRarestOfAllSigns(int pairs) {
    double[] differences = IntStream.rangeClosed(1, pairs).mapToDouble(i -> 0.001 * i).toArray();
    PairedComparison found = of(differences);
    assertThat(found.p()).isCloseTo(Math.min(1, 2 / Math.pow(2, pairs)), within(1e-12));
    assertThat(found.significant()).isEqualTo(pairs >= PairedComparison.FEWEST);
    assertThat(found.difference()).isCloseTo(0.0005 * (pairs + 1), within(1e-12));
  }

  @Test
  void aSampleOfTheTextbooks() {
    // Conover 1999, aggressiveness of twelve pairs of twins: sums of ranks 24.5 and 41.5 of eleven
    // differences, ties averaged, no rejection.
    double[] twins = {2, 6, -1, -4, 5, 0, -12, -1, -5, 9, -7, -15};
    PairedComparison found = of(Arrays.stream(twins).map(twin -> twin / 5000).toArray());
    assertThat(found.p()).isBetween(0.4, 0.5);
    assertThat(found.significant()).isFalse();
  }

  @Test
  void fewerThanSixPairsAreTiedAndSixCouldTell() {
    PairedComparison five = of(0.010, 0.011, 0.012, 0.013, 0.014);
    assertThat(five.p()).isCloseTo(0.0625, within(1e-12));
    assertThat(five.moreReplicates()).isEqualTo(1);
    assertThat(of(0.010).moreReplicates()).isEqualTo(5);
    assertThat(of(0.010).standardError()).isNull();
  }

  @Test
  void theMoreTheySpreadTheMoreReplicatesItTakes() {
    PairedComparison close = of(0.010, -0.010, 0.012, 0.013, -0.005, 0.006);
    PairedComparison closer = of(0.010, -0.010, 0.012, 0.011, -0.012, 0.004);
    assertThat(close.significant()).isFalse();
    int few = Objects.requireNonNull(close.moreReplicates());
    assertThat(few).isBetween(5, 60);
    assertThat(Objects.requireNonNull(closer.moreReplicates())).isGreaterThan(few);
    assertThat(of(0.010, -0.010, 0.010, -0.0099, 0.01, -0.01).moreReplicates()).isNull();
  }

  @Test
  void noDifferenceIsATieThatNothingTells() {
    PairedComparison none = of(0, 0, 1e-17, 0, 0, 0);
    assertThat(none.p()).isEqualTo(1);
    assertThat(none.significant()).isFalse();
    assertThat(none.moreReplicates()).isNull();
  }

  @Test
  void aLargeSampleUsesTheApproximation() {
    double[] many = IntStream.range(0, 40).mapToDouble(i -> i % 5 == 0 ? -0.001 : 0.002).toArray();
    assertThat(of(many).p()).isLessThan(0.001);
  }

  @Test
  void theFirstTwoOfTheLeaderboardArePairedByReplicate() throws InterruptedException {
    Studies studies = Studies.small().withLast(new FinalSpec(2, 7, null, null));
    MemoryTrialStore store = new MemoryTrialStore();
    ScriptedExecutor executor =
        new ScriptedExecutor(
            1,
            2,
            trial -> {
              boolean bad = trial.key().phase() == Phase.COARSE && trial.ordinal() == 0;
              // What replicates share is larger than what configurations differ by.
              return bad
                  ? TrialResult.failed(Status.DIVERGED, "")
                  : ScriptedExecutor.done(
                      ScriptedExecutor.accuracy(trial) / 100 + 0.1 * (trial.replicate() % 3));
            });
    Study study = new Study(studies.definition(), store, executor, new Heard());
    for (Phase phase : Phase.values()) {
      study.run(phase);
    }
    PairedComparison found =
        Objects.requireNonNull(PairedComparison.of(store.history(), Phase.FINAL, 0));
    assertThat(found.phase()).isEqualTo("final");
    assertThat(found.best())
        .isEqualTo(store.history().leaderboard(Phase.FINAL, 0).get(0).configuration());
    assertThat(found.pairs()).isEqualTo(7);
    assertThat(found.p()).isCloseTo(2 / Math.pow(2, 7), within(1e-12));
    assertThat(found.significant()).isTrue();
    assertThat(found.moreReplicates()).isZero();
    assertThat(
            Objects.requireNonNull(PairedComparison.of(store.history(), Phase.COARSE, 0)).pairs())
        .isEqualTo(2);
    assertThat(PairedComparison.of(store.history(), Phase.FINE, 7)).isNull();
  }

  private static PairedComparison of(double... differences) {
    return PairedComparison.of("final", "a", "b", differences);
  }
}
