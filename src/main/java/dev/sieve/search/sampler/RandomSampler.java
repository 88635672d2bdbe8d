package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Each axis drawn uniformly on its own scale, independently for every configuration (Bergstra &
 * Bengio, Random SearchSpec for Hyper-Parameter Optimization, JMLR 2012).
 */
public final class RandomSampler implements FixedSampler {
  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    return new RoundRobin(boxes, box -> draw(boxes.get(box), draws), draws).take(count);
  }

  /** Every axis drawn once, in the axes' order. */
  public static SortedMap<String, AxisValue> draw(Space box, Draws draws) {
    SortedMap<String, AxisValue> values = new TreeMap<>();
    for (Axis axis : box.axes()) {
      values.put(axis.path(), AxisPoints.draw(axis.domain(), draws));
    }
    return values;
  }
}
