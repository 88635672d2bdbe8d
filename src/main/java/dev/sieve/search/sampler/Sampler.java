package dev.sieve.search.sampler;

import dev.sieve.random.Seed;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.List;

/**
 * Proposes configurations of boxes; a coarse phase has one box, its whole space. A pure function of
 * its arguments. No configuration comes twice, boxes take turns, and boxes with nothing left are
 * passed over: fewer than asked for come only where all are exhausted.
 *
 * <p>Asked for n + m at once it gives what it gives asked for n and, these still running, for m. A
 * sampler that does not adapt gives the same whatever became of the past ones.
 */
public interface Sampler {
  /** Whether what it proposes depends on outcomes. */
  boolean adapts();

  /**
   * The configurations after those of the past.
   *
   * @param past all that were proposed before or given by the file, in that order
   * @param count how many at most; 0 takes all that a grid has
   * @throws dev.sieve.error.UserException if an axis lacks what the sampler needs
   */
  List<Configuration> next(List<Space> boxes, List<Observation> past, int count, Seed seed);

  static Sampler of(SamplerKind kind) {
    return switch (kind) {
      case GRID -> new GridSampler();
      case RANDOM -> new RandomSampler();
      case RANDOM_GRID -> new RandomGridSampler();
      case SOBOL -> new SobolSampler();
      case TPE -> new TpeSampler();
      case GP -> new GpSampler();
    };
  }
}
