package dev.sieve.search.sampler;

/** How configurations are drawn from a space. */
public enum SamplerKind {
  /** Every combination of the axes' points. */
  GRID("grid", false),
  /**
   * Each axis drawn uniformly on its own scale, independently for every configuration (Bergstra &
   * Bengio 2012).
   */
  RANDOM("random", true),
  /** A grid over randomly drawn values of each axis. */
  RANDOM_GRID("random-grid", false),
  /** A scrambled Sobol sequence: as random, but evenly spread. */
  SOBOL("sobol", true),
  /** Tree-structured ParzenEstimator estimator (Bergstra et al. 2011). */
  TPE("tpe", true),
  /** Gaussian process with expected improvement. */
  GP("gp", true);

  private final String label;
  private final boolean counted;

  SamplerKind(String label, boolean counted) {
    this.label = label;
    this.counted = counted;
  }

  public String label() {
    return label;
  }

  /**
   * Whether it draws as many as asked for from whole ranges; else the points of the axes say it.
   */
  public boolean counted() {
    return counted;
  }

  /** Whether what it proposes depends on outcomes. */
  public boolean adapts() {
    return Sampler.of(this).adapts();
  }
}
