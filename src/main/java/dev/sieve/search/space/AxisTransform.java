package dev.sieve.search.space;

import dev.sieve.trial.AxisValue;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An axis as a model sees it: an ordered one as positions 0 … 1 on the axis's own scale, any other
 * as categories 0, 1, 2 ….
 */
public final class AxisTransform {
  private final Domain domain;
  private final @Nullable Scale scale;

  public AxisTransform(Axis axis) {
    this.domain = axis.domain();
    this.scale = Scale.of(domain, List.of());
  }

  /** Whether values have an order. */
  public boolean ordered() {
    return scale != null;
  }

  /** Number of categories of an axis without an order. */
  public int categories() {
    return ((Domain.Values) domain).values().size();
  }

  /**
   * Where a value lies; beyond 0 … 1 where it is of another box, −1 for a category that the axis
   * does not have.
   */
  double position(AxisValue value) {
    if (scale != null) {
      return (scale.position(value) - scale.low()) / scale.length();
    }
    List<AxisValue> values = ((Domain.Values) domain).values();
    return IntStream.range(0, values.size())
        .filter(i -> values.get(i).canonical().equals(value.canonical()))
        .findFirst()
        .orElse(-1);
  }

  /** The axis's value nearest to a position. */
  public AxisValue value(double position) {
    if (scale == null) {
      return ((Domain.Values) domain).values().get((int) position);
    }
    double within = Math.max(0, Math.min(1, position));
    if (domain instanceof Domain.Values explicit) {
      return nearest(explicit.values(), within);
    }
    double at = within == 1 ? scale.high() : scale.low() + within * scale.length();
    return scale.value(Math.min(scale.high(), scale.allowed(at)));
  }

  private AxisValue nearest(List<AxisValue> values, double position) {
    AxisValue nearest = values.get(0);
    for (AxisValue value : values) {
      if (Math.abs(position(value) - position) < Math.abs(position(nearest) - position)) {
        nearest = value;
      }
    }
    return nearest;
  }
}
