package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Boxes that take turns at giving a configuration each, none twice. What was known before is drawn
 * again; in a finite box that is nearly used up the choice is made among what is left.
 */
final class RoundRobin {
  /** Gives a candidate of a box. */
  interface Source {
    SortedMap<String, AxisValue> candidate(int box);
  }

  /** Draws of something known in a row, after which what is left is listed. */
  private static final int PATIENCE = 100;

  /** The same of draws that the space's constraints reject. */
  private static final int LONG_PATIENCE = 100_000;

  private final List<Space> boxes;
  private final Source source;
  private final Draws draws;
  private final Set<String> known = new HashSet<>();

  /**
   * @param draws for the choice among what is left
   */
  RoundRobin(List<Space> boxes, Source source, Draws draws) {
    this.boxes = boxes;
    this.source = source;
    this.draws = draws;
  }

  /** The first {@code count} configurations; fewer only where all boxes are used up. */
  List<Configuration> take(int count) {
    List<Configuration> taken = new ArrayList<>();
    boolean[] exhausted = new boolean[boxes.size()];
    int open = boxes.size();
    for (int turn = 0; taken.size() < count && open > 0; turn++) {
      int box = turn % boxes.size();
      if (exhausted[box]) {
        continue;
      }
      Configuration next = next(box);
      if (next == null) {
        exhausted[box] = true;
        open--;
        continue;
      }
      known.add(next.id());
      taken.add(next);
    }
    return taken;
  }

  private @Nullable Configuration next(int box) {
    Space space = boxes.get(box);
    int repeats = 0;
    for (int attempt = 0; repeats < PATIENCE && attempt < LONG_PATIENCE; attempt++) {
      Configuration candidate = space.configuration(source.candidate(box));
      if (known.contains(candidate.id())) {
        repeats++;
      } else if (space.keeps(candidate)) {
        return candidate;
      }
    }
    return left(boxes.get(box), known, draws);
  }

  /**
   * One of what a finite box still holds, each equally likely; null where nothing is left, or the
   * box has a continuous axis.
   */
  static @Nullable Configuration left(Space box, Set<String> known, Draws draws) {
    List<List<AxisValue>> values = new ArrayList<>();
    double members = 1;
    for (Axis axis : box.axes()) {
      members *= AxisPoints.cardinality(axis.domain());
      if (members > CartesianProduct.LARGEST) {
        return null;
      }
      values.add(AxisPoints.all(axis.domain()));
    }
    List<Configuration> left =
        CartesianProduct.of(box, values).stream().filter(c -> !known.contains(c.id())).toList();
    return left.isEmpty() ? null : left.get(draws.nextInt(left.size()));
  }
}
