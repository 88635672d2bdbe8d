package dev.sieve.network;

import java.io.Serializable;

/**
 * How weights or biases start: a standard normal draw times {@link #deviation}. The draws depend on
 * the seed, the replicate and the layer alone, so two initialisers scale the same draws.
 */
public sealed interface Initialiser extends Serializable {
  /** Standard deviation σ of a layer with {@code fanIn} inputs and {@code fanOut} outputs. */
  double deviation(int fanIn, int fanOut);

  /** σ = √(2 / fan-in) (He et al. 2015). */
  record He() implements Initialiser {
    @Override
    public double deviation(int fanIn, int fanOut) {
      return Math.sqrt(2.0 / fanIn);
    }
  }

  /** σ = √(1 / fan) (Glorot & Bengio 2010; their formula is the average). */
  record Xavier(Fan fan) implements Initialiser {
    /** Which fan is counted. */
    public enum Fan {
      IN,
      OUT,
      AVERAGE
    }

    @Override
    public double deviation(int fanIn, int fanOut) {
      return switch (fan) {
        case IN -> Math.sqrt(1.0 / fanIn);
        case OUT -> Math.sqrt(1.0 / fanOut);
        case AVERAGE -> Math.sqrt(2.0 / (fanIn + fanOut));
      };
    }
  }

  /** The same σ ≥ 0 in every layer. */
  record Normal(double sigma) implements Initialiser {
    public Normal {
      if (!(sigma >= 0) || Double.isInfinite(sigma)) {
        throw new IllegalArgumentException("network.init.sigma >= 0 must hold, but got " + sigma);
      }
    }

    @Override
    public double deviation(int fanIn, int fanOut) {
      return sigma;
    }
  }

  /** All zero. */
  record Zero() implements Initialiser {
    @Override
    public double deviation(int fanIn, int fanOut) {
      return 0;
    }
  }
}
