package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A sampler that knows its whole list beforehand: the past only says where in it to go on. */
public interface FixedSampler extends Sampler {
  /**
   * The first configurations of the list. The first n of n + m are the n that it gives alone.
   *
   * @param count how many at most; 0 takes a whole grid
   */
  List<Configuration> configurations(List<Space> boxes, int count, Draws draws);

  @Override
  default boolean adapts() {
    return false;
  }

  @Override
  default List<Configuration> next(
      List<Space> boxes, List<Observation> past, int count, Seed seed) {
    Set<String> known =
        past.stream().map(seen -> seen.configuration().id()).collect(Collectors.toSet());
    int enough = count == 0 ? 0 : count + past.size();
    return configurations(boxes, enough, seed.draws()).stream()
        .filter(configuration -> !known.contains(configuration.id()))
        .limit(count == 0 ? Long.MAX_VALUE : count)
        .toList();
  }
}
