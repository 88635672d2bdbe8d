package dev.sieve.search;

import dev.sieve.random.Draws;
import dev.sieve.trial.Configuration;
import java.util.List;

/**
 * Draws configurations from boxes; a coarse phase has one box, its whole space. A pure function of
 * its arguments. The first n of n + m configurations are the n that it gives alone, no
 * configuration comes twice, boxes take turns, and boxes with nothing left are passed over: the
 * list is shorter than asked for only where all are exhausted.
 */
interface Sampler {
  /**
   * Configurations for a phase.
   *
   * @param count how many at most; 0 takes a whole grid
   * @throws dev.sieve.error.UserException if an axis lacks what the sampler needs
   */
  List<Configuration> configurations(List<Space> boxes, int count, Draws draws);

  static Sampler of(SamplerKind kind) {
    return switch (kind) {
      case GRID -> new GridSampler();
      case RANDOM -> new RandomSampler();
      case RANDOM_GRID -> new RandomGridSampler();
    };
  }
}
