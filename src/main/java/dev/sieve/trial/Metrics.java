package dev.sieve.trial;

import java.io.Serializable;

/**
 * What is measured on a set of images.
 *
 * @param accuracy fraction of images classified correctly
 * @param loss mean cross-entropy, nats
 * @param cost loss + λ ΣW²
 */
public record Metrics(double accuracy, double loss, double cost) implements Serializable {
  public boolean finite() {
    return Double.isFinite(loss) && Double.isFinite(cost);
  }
}
