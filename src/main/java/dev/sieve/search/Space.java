package dev.sieve.search;

import java.util.List;

/**
 * The axes of a phase, in a fixed order: lambda, eta, sigma, then by path (a grid varies the last
 * one fastest).
 */
public record Space(List<Axis> axes) {
  public Space {
    axes = List.copyOf(axes);
    long paths = axes.stream().map(Axis::path).distinct().count();
    if (paths != axes.size()) {
      throw new IllegalArgumentException("each axis must appear once, but got " + axes);
    }
  }
}
