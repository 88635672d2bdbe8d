package dev.sieve.engine.reference;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * max(0, s), with derivative 0 at 0. NaN stays NaN, or a network that diverged would look sound.
 */
final class Relu implements Layer {
  private final int width;
  private final DMatrixRMaj output = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj inputGradient = new DMatrixRMaj(0, 0);

  Relu(int width) {
    this.width = width;
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public DMatrixRMaj forward(DMatrixRMaj input, Normalise by) {
    output.reshape(input.numRows, width);
    for (int i = 0; i < input.getNumElements(); i++) {
      output.data[i] = input.data[i] <= 0 ? 0 : input.data[i];
    }
    return output;
  }

  @Override
  public void parameterGradients(DMatrixRMaj gradient) {}

  @Override
  public DMatrixRMaj inputGradient(DMatrixRMaj gradient) {
    inputGradient.reshape(gradient.numRows, width);
    for (int i = 0; i < gradient.getNumElements(); i++) {
      inputGradient.data[i] = output.data[i] == 0 ? 0 : gradient.data[i];
    }
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}
