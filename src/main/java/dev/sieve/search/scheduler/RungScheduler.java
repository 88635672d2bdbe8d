package dev.sieve.search.scheduler;

import dev.sieve.search.definition.RungSpec;
import dev.sieve.trial.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who goes on from one rung to the next. Hears of configurations in the order of virtual time and
 * is a function of what it heard alone.
 */
public interface RungScheduler {
  /**
   * A configuration at a rung.
   *
   * @param score mean over its replicates; NaN where one has none, and it never goes on
   */
  record Standing(String configuration, double score) {
    /** The best first, ties by configuration id, what has no score last. */
    static final Comparator<Standing> BEST_FIRST =
        Comparator.comparing((Standing standing) -> Double.isNaN(standing.score))
            .thenComparing(Comparator.comparingDouble(Standing::score).reversed())
            .thenComparing(Standing::configuration);

    boolean scored() {
      return !Double.isNaN(score);
    }
  }

  /**
   * Configurations that train to a rung.
   *
   * @param entering from the beginning
   * @param climbing from the rung before
   */
  record Traffic(int entering, int climbing) {
    /** The trials of so many configurations. */
    public Traffic times(int replicates) {
      return new Traffic(entering * replicates, climbing * replicates);
    }

    /** Epochs of so many trials to each rung. */
    public static long epochs(List<Traffic> trials, List<Long> steps, long perEpoch) {
      long sum = 0;
      for (int rung = 0; rung < steps.size(); rung++) {
        long to = steps.get(rung);
        sum += trials.get(rung).entering() * Stage.epochs(0, to, perEpoch);
        if (rung > 0) {
          sum += trials.get(rung).climbing() * Stage.epochs(steps.get(rung - 1), to, perEpoch);
        }
      }
      return sum;
    }
  }

  /**
   * A configuration enters the phase.
   *
   * @return the rung that it trains to first
   */
  int enter(String configuration);

  /** All replicates of a configuration stand at a rung. */
  void reached(int rung, Standing standing);

  /**
   * The next configuration that goes on by one rung; null where none does for now.
   *
   * @param size configurations that there will be, as far as is known
   * @param affords whether the budget allows one more to go on to a rung than are expected to
   */
  @Nullable String next(int size, IntPredicate affords);

  /** Whether who goes on waits for a free place; else it begins at once. */
  boolean takesPlaces();

  /** All that do not go on, in the order of the decisions; grows. */
  List<String> stopped();

  /**
   * Nothing runs and no configuration is left to enter: one that goes on nevertheless, or null, and
   * then the phase has ended.
   */
  @Nullable String last();

  /**
   * How many configurations train to each rung, if none diverges and (with asynchronous promotion)
   * none was promoted too soon.
   *
   * @param size configurations of the phase
   */
  List<Traffic> expected(int size);

  /** The promoter of a phase; one rung and no comparison where {@code rungs} is null. */
  static RungScheduler of(@Nullable RungSpec rungs, int count) {
    if (rungs == null) {
      return new HalvingScheduler(new RungSpec(RungSpec.Type.HALVING, List.of(), List.of(), 2), 1);
    }
    return rungs.type() == RungSpec.Type.ASHA
        ? new AshaScheduler(rungs.reduction(), count)
        : new HalvingScheduler(rungs, count);
  }
}
