package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws {@code points} values of each range once and combines them all; axes of explicit values
 * take part with all of these. Each axis of each box has a generator of its own, so one more point
 * leaves the values of all others, and its own earlier ones, as they were.
 */
final class RandomGridSampler implements FixedSampler {
  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    List<List<Configuration>> grids = new ArrayList<>();
    boxes.forEach(CartesianProduct::requireCountable);
    for (Space box : boxes) {
      List<List<AxisValue>> values = new ArrayList<>();
      for (Axis axis : box.axes()) {
        values.add(AxisPoints.drawn(axis, new Draws(draws.nextLong())));
      }
      grids.add(CartesianProduct.of(box, values));
    }
    return CartesianProduct.takingTurns(grids, count);
  }
}
