package dev.sieve.search.sampler;

import dev.sieve.random.Draws;
import dev.sieve.search.space.AxisPoints;
import dev.sieve.search.space.CartesianProduct;
import dev.sieve.search.space.Space;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;

/** Every combination of the axes' points; draws nothing. */
final class GridSampler implements FixedSampler {
  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    List<List<Configuration>> grids = new ArrayList<>();
    boxes.forEach(CartesianProduct::requireCountable);
    for (Space box : boxes) {
      grids.add(CartesianProduct.of(box, box.axes().stream().map(AxisPoints::grid).toList()));
    }
    return CartesianProduct.takingTurns(grids, count);
  }
}
