package dev.sieve.search;

import dev.sieve.random.Draws;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Each axis drawn uniformly on its own scale, independently for every configuration (Bergstra &
 * Bengio, Random Search for Hyper-Parameter Optimization, JMLR 2012). A configuration that was
 * drawn before is drawn again; in a finite box that is nearly used up the choice is made among what
 * is left.
 */
final class RandomSampler implements Sampler {
  /** Draws of something known in a row, after which what is left is listed. */
  private static final int PATIENCE = 100;

  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    List<Configuration> drawn = new ArrayList<>();
    Set<String> known = new HashSet<>();
    boolean[] exhausted = new boolean[boxes.size()];
    int open = boxes.size();
    for (int turn = 0; drawn.size() < count && open > 0; turn++) {
      int box = turn % boxes.size();
      if (exhausted[box]) {
        continue;
      }
      Configuration next = next(boxes.get(box), known, draws);
      if (next == null) {
        exhausted[box] = true;
        open--;
        continue;
      }
      known.add(next.id());
      drawn.add(next);
    }
    return drawn;
  }

  private static @Nullable Configuration next(Space box, Set<String> known, Draws draws) {
    for (int attempt = 0; attempt < PATIENCE; attempt++) {
      SortedMap<String, AxisValue> values = new TreeMap<>();
      for (Axis axis : box.axes()) {
        values.put(axis.path(), AxisPoints.draw(axis.domain(), draws));
      }
      Configuration configuration = new Configuration(values);
      if (!known.contains(configuration.id())) {
        return configuration;
      }
    }
    List<Configuration> left = unknown(box, known);
    return left.isEmpty() ? null : left.get(draws.nextInt(left.size()));
  }

  /** What a finite box still holds; nothing of one that has a continuous axis. */
  private static List<Configuration> unknown(Space box, Set<String> known) {
    List<List<AxisValue>> values = new ArrayList<>();
    double members = 1;
    for (Axis axis : box.axes()) {
      members *= AxisPoints.cardinality(axis.domain());
      if (members > Product.LARGEST) {
        return List.of();
      }
      values.add(AxisPoints.all(axis.domain()));
    }
    return Product.of(box.axes(), values).stream().filter(c -> !known.contains(c.id())).toList();
  }
}
