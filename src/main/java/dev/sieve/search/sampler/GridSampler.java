package dev.sieve.search;

import dev.sieve.random.Draws;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.List;

/** Every combination of the axes' points; draws nothing. */
final class GridSampler implements FixedSampler {
  @Override
  public List<Configuration> configurations(List<Space> boxes, int count, Draws draws) {
    List<List<Configuration>> grids = new ArrayList<>();
    boxes.forEach(Product::requireCountable);
    for (Space box : boxes) {
      grids.add(Product.of(box, box.axes().stream().map(AxisPoints::grid).toList()));
    }
    return Product.takingTurns(grids, count);
  }
}
