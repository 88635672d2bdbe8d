package dev.sieve.engine.reference;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Fully connected: S = X·W + b, with the penalty λ ΣW² in W's gradient.
 *
 * <p>X[n×d], W[d×m], b[1×m], S[n×m].
 */
final class Linear implements Layer {
  private final double lambda;
  private final Parameter weights;
  private final Parameter biases;
  private final BlockProducts product = new BlockProducts();
  private final DMatrixRMaj scores = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj inputGradient = new DMatrixRMaj(0, 0);

  Linear(int inputs, int outputs, double lambda) {
    this.lambda = lambda;
    this.weights = new Parameter(inputs, outputs);
    this.biases = new Parameter(1, outputs);
  }

  @Override
  public int inputs() {
    return weights.value().numRows;
  }

  @Override
  public int outputs() {
    return weights.value().numCols;
  }

  @Override
  public DMatrixRMaj forward(DMatrixRMaj input, Normalise by) {
    // S[n×m] = X[n×d] · W[d×m] + b
    product.forward(input, weights.value(), scores);
    RowBroadcast.add(scores, biases.value());
    return scores;
  }

  @Override
  public void parameterGradients(DMatrixRMaj gradient) {
    // dW[d×m] = Xᵀ[d×n] · G[n×m] + 2λW
    product.weightGradient(gradient, weights.gradient());
    if (lambda != 0) {
      CommonOps_DDRM.addEquals(weights.gradient(), 2 * lambda, weights.value());
    }
    // db[1×m] = Σ_i G_i
    CommonOps_DDRM.sumCols(gradient, biases.gradient());
  }

  @Override
  public DMatrixRMaj inputGradient(DMatrixRMaj gradient) {
    // dX[n×d] = G[n×m] · Wᵀ[m×d]
    product.inputGradient(inputGradient);
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, biases);
  }

  Parameter weights() {
    return weights;
  }

  Parameter biases() {
    return biases;
  }
}
