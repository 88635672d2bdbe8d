package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.random.Seed;
import dev.sieve.search.space.Space;
import dev.sieve.search.space.UnitCube;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sampler that learns from outcomes. The first configurations of each box are those of a
 * scrambled Sobol sequence; once enough of them have an outcome, a model proposes.
 */
abstract class AdaptiveSampler implements Sampler {
  @Override
  public final boolean adapts() {
    return true;
  }

  @Override
  public final List<Configuration> next(
      List<Space> boxes, List<Observation> past, int count, Seed seed) {
    List<Observation> seen = new ArrayList<>(past);
    List<Configuration> proposed = new ArrayList<>();
    while (proposed.size() < count) {
      Configuration next = one(boxes, seen, seed);
      if (next == null) {
        break;
      }
      proposed.add(next);
      seen.add(Observation.running(next));
    }
    return proposed;
  }

  /** Outcomes that a model of so many axes needs. */
  abstract int least(int axes);

  /**
   * A configuration that the model expects to be good.
   *
   * @param past what lies in this box: at least {@link #least} outcomes, and those still running
   * @param known ids that are not to be proposed
   * @return null where it finds none that is new
   */
  abstract @Nullable Configuration propose(
      Space box, List<Observation> past, Set<String> known, Draws draws);

  private @Nullable Configuration one(List<Space> boxes, List<Observation> seen, Seed seed) {
    Set<String> known =
        seen.stream().map(past -> past.configuration().id()).collect(Collectors.toSet());
    // Every proposal has draws of its own: it does not matter how many the ones before it took.
    Draws draws = seed.epoch(seen.size()).draws();
    for (int i = 0; i < boxes.size(); i++) {
      int turn = (seen.size() + i) % boxes.size();
      Configuration next = inBox(boxes.get(turn), seen, known, seed.layer(turn), draws);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  private @Nullable Configuration inBox(
      Space box, List<Observation> seen, Set<String> known, Seed start, Draws draws) {
    UnitCube cube = new UnitCube(box);
    List<Observation> here = new ArrayList<>();
    int outcomes = 0;
    for (Observation past : seen) {
      boolean useful = past.state() != Observation.State.FAILED;
      if (useful && cube.holds(cube.point(past.configuration()))) {
        here.add(past);
        outcomes += past.state() == Observation.State.RUNNING ? 0 : 1;
      }
    }
    boolean scored = here.stream().anyMatch(past -> past.state() == Observation.State.SCORED);
    if (scored && outcomes >= least(cube.dimensions())) {
      Configuration proposed = propose(box, here, known, draws);
      if (proposed != null) {
        return proposed;
      }
    }
    return new SobolSampler()
        .configurations(List.of(box), known.size() + 1, start.draws()).stream()
            .filter(configuration -> !known.contains(configuration.id()))
            .findFirst()
            .orElse(null);
  }
}
