package dev.sieve.network;

import java.io.Serializable;
import java.util.List;

/**
 * All parameters of one network, or all gradients of its cost, layer by layer from the inputs on.
 * This is how parameters, statistics and gradients cross every seam, whatever layout an engine
 * keeps them in.
 */
public record Parameters(List<LayerParameters> layers) implements Serializable {
  public Parameters {
    layers = List.copyOf(layers);
  }
}
