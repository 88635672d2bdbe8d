package dev.sieve.model;

import dev.sieve.data.Standardiser;
import dev.sieve.network.Parameters;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A trained network as {@code weights.npz}, which NumPy reads: the same bytes for the same network.
 */
public final class WeightsFile {
  private WeightsFile() {}

  /**
   * Writes arrays {@code W1, b1, gamma1, beta1, mean1, variance1, W2 …} and {@code
   * standardiser_mean, standardiser_scale}.
   */
  public static void write(OutputStream out, Parameters parameters, Standardiser standardiser)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
