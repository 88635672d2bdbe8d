package dev.sieve.engine.reference;

import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Placement;
import dev.sieve.network.LayerParameters;
import dev.sieve.network.NetworkSpec;
import dev.sieve.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    return copy(Parameter::value, BatchNormalisation::mean, BatchNormalisation::variance);
  }

  /** A copy of the gradients. */
  Parameters gradients() {
    return each(Parameter::gradient);
  }

  /** A copy of a matrix of each parameter. */
  Parameters each(Function<Parameter, DMatrixRMaj> matrix) {
    return copy(matrix, norm -> null, norm -> null);
  }

  private Parameters copy(
      Function<Parameter, DMatrixRMaj> matrix,
      Function<BatchNormalisation, @Nullable DMatrixRMaj> mean,
      Function<BatchNormalisation, @Nullable DMatrixRMaj> variance) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      BatchNormalisation norm = i < norms.size() ? norms.get(i) : null;
      Parameter gamma = norm == null ? null : norm.gamma();
      Parameter beta = norm == null ? null : norm.beta();
      layers.add(
          new LayerParameters(
              matrix.apply(linears.get(i).weights()).copy(),
              matrix.apply(linears.get(i).biases()).copy(),
              gamma == null ? null : matrix.apply(gamma).copy(),
              beta == null ? null : matrix.apply(beta).copy(),
              norm == null ? null : copy(mean.apply(norm)),
              norm == null ? null : copy(variance.apply(norm))));
    }
    return new Parameters(layers);
  }

  private static @Nullable DMatrixRMaj copy(@Nullable DMatrixRMaj matrix) {
    return matrix == null ? null : matrix.copy();
  }

  /** Sets a matrix of each parameter; evaluation statistics are left as they are. */
  void set(Function<Parameter, DMatrixRMaj> matrix, Parameters values) {
    for (int i = 0; i < linears.size(); i++) {
      LayerParameters layer = values.layers().get(i);
      matrix.apply(linears.get(i).weights()).setTo(layer.weights());
      matrix.apply(linears.get(i).biases()).setTo(layer.biases());
      Parameter gamma = i < norms.size() ? norms.get(i).gamma() : null;
      Parameter beta = i < norms.size() ? norms.get(i).beta() : null;
      if (gamma != null && beta != null && layer.gamma() != null && layer.beta() != null) {
        matrix.apply(gamma).setTo(layer.gamma());
        matrix.apply(beta).setTo(layer.beta());
      }
    }
  }

  /** Goes on with the evaluation statistics of {@code values}. */
  void resumeStatistics(Parameters values, boolean averaging) {
    for (int i = 0; i < norms.size(); i++) {
      LayerParameters layer = values.layers().get(i);
      if (layer.mean() != null && layer.variance() != null) {
        norms.get(i).resume(layer.mean(), layer.variance(), averaging);
      }
    }
  }
}
