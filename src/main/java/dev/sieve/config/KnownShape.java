package dev.sieve.config;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataShape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A shape that is asked once for the inputs of a selection: every configuration's settings ask, and
 * a table fits its columns for an answer.
 */
final class KnownShape implements DataShape {
  private final DataShape shape;
  private final Map<Asked, Integer> inputs = new ConcurrentHashMap<>();

  private record Asked(DataSelection selection, long seed) {}

  KnownShape(DataShape shape) {
    this.shape = shape;
  }

  @Override
  public int classes() {
    return shape.classes();
  }

  @Override
  public int training() {
    return shape.training();
  }

  @Override
  public int test() {
    return shape.test();
  }

  @Override
  public int whole() {
    return shape.whole();
  }

  @Override
  public int inputs(DataSelection selection, long seed) {
    return inputs.computeIfAbsent(
        new Asked(selection, seed), asked -> shape.inputs(asked.selection(), asked.seed()));
  }
}
