package dev.sieve.search;

import dev.sieve.random.Draws;
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
    boxes.forEach(Product::requireCountable);
    for (Space box : boxes) {
      List<List<AxisValue>> values = new ArrayList<>();
      for (Axis axis : box.axes()) {
        values.add(AxisPoints.drawn(axis, new Draws(draws.nextLong())));
      }
      grids.add(Product.of(box, values));
    }
    return Product.takingTurns(grids, count);
  }
}
