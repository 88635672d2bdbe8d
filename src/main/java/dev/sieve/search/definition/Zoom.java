package dev.sieve.search.definition;

/**
 * How boxes are made around the best k configurations. {@code clip}: boxes stay inside the coarse
 * bounds.
 */
public sealed interface Zoom {
  boolean clip();

  /**
   * A box around each: {@code shrink} × the axis's coarse length on its own scale; configuration i
   * goes to box i mod k.
   */
  record Boxes(double shrink, boolean clip) implements Zoom {
    public Boxes {
      if (!(shrink > 0 && shrink <= 1)) {
        throw new IllegalArgumentException(
            "0 < fine.zoom.shrink <= 1 must hold, but got " + shrink);
      }
    }
  }

  /**
   * One box: on each axis the range of the best k, widened by {@code margin} on both sides: decades
   * for a logarithmic axis, a share of the coarse length for a linear one.
   */
  record Range(double margin, boolean clip) implements Zoom {
    public Range {
      if (!(margin >= 0) || Double.isInfinite(margin)) {
        throw new IllegalArgumentException("fine.zoom.margin >= 0 must hold, but got " + margin);
      }
    }
  }
}
