package dev.sieve.search;

/** How configurations are drawn from a space. */
public enum SamplerKind {
  /** Every combination of the axes' points. */
  GRID("grid"),
  /**
   * Each axis drawn uniformly on its own scale, independently for every configuration (Bergstra &
   * Bengio 2012).
   */
  RANDOM("random"),
  /** A grid over randomly drawn values of each axis. */
  RANDOM_GRID("random-grid");

  private final String label;

  SamplerKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
