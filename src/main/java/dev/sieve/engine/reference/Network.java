package dev.sieve.engine.reference;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Layers in a chain: each hidden layer is linear → batch norm → ReLU or linear → ReLU → batch norm
 * as the placement says, or without batch norm; the last is linear.
 */
final class Network {
  private final List<Layer> chain = new ArrayList<>();
  private final List<Linear> linears = new ArrayList<>();
  private final List<BatchNormalisation> norms = new ArrayList<>();

  Network(NetworkSpec spec, double lambda) {
    for (int layer = 0; layer < spec.layers(); layer++) {
      Linear linear = new Linear(spec.fanIn(layer), spec.fanOut(layer), lambda);
      linears.add(linear);
      chain.add(linear);
      if (layer < spec.layers() - 1) {
        addActivation(spec.fanOut(layer), spec.batchNorm());
      }
    }
  }

  private void addActivation(int width, @Nullable BatchNorm settings) {
    Relu relu = new Relu(width);
    if (settings == null) {
      chain.add(relu);
      return;
    }
    BatchNormalisation norm = new BatchNormalisation(width, settings);
    norms.add(norm);
    chain.addAll(
        settings.placement() == Placement.BEFORE_ACTIVATION
            ? List.of(norm, relu)
            : List.of(relu, norm));
  }

  /** Scores S[n×classes] of X[n×inputs]. */
  DMatrixRMaj forward(DMatrixRMaj x, Normalise by) {
    DMatrixRMaj output = x;
    for (Layer layer : chain) {
      output = layer.forward(output, by);
    }
    return output;
  }

  /**
   * Sets every parameter's gradient from ∂loss/∂S of the last forward pass. The gradient of the
   * network's own input is not computed: it would be a third product with the largest W.
   */
  void backward(DMatrixRMaj gradient) {
    DMatrixRMaj flowing = gradient;
    for (int i = chain.size() - 1; i >= 0; i--) {
      Layer layer = chain.get(i);
      layer.parameterGradients(flowing);
      if (i > 0) {
        flowing = layer.inputGradient(flowing);
      }
    }
  }

  Linear linear(int layer) {
    return linears.get(layer);
  }

  List<BatchNormalisation> norms() {
    return norms;
  }

  List<Parameter> trained() {
    return chain.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  double squaredWeights() {
    double sum = 0;
    for (Linear linear : linears) {
      DMatrixRMaj w = linear.weights().value();
      sum += VectorVectorMult_DDRM.innerProd(w, w);
    }
    return sum;
  }

  /** A copy of the parameters and evaluation statistics. */
  Parameters parameters() {
    List<LayerParameters> layers = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      BatchNormalisation norm = i < norms.size() ? norms.get(i) : null;
      layers.add(
          new LayerParameters(
              linears.get(i).weights().value().copy(),
              linears.get(i).biases().value().copy(),
              norm == null || norm.gamma() == null ? null : norm.gamma().value().copy(),
              norm == null || norm.beta() == null ? null : norm.beta().value().copy(),
              norm == null ? null : norm.mean().copy(),
              norm == null ? null : norm.variance().copy()));
    }
    return new Parameters(layers);
  }

  /** A copy of the gradients. */
  Parameters gradients() {
    List<LayerParameters> layers = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      BatchNormalisation norm = i < norms.size() ? norms.get(i) : null;
      layers.add(
          new LayerParameters(
              linears.get(i).weights().gradient().copy(),
              linears.get(i).biases().gradient().copy(),
              norm == null || norm.gamma() == null ? null : norm.gamma().gradient().copy(),
              norm == null || norm.beta() == null ? null : norm.beta().gradient().copy(),
              null,
              null));
    }
    return new Parameters(layers);
  }
}
