package dev.sieve.engine.reference;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One link of a network's chain. A row of every matrix is an image. A layer owns the matrices that
 * it returns and overwrites them at its next call; it keeps its last input by reference.
 */
interface Layer {
  int inputs();

  int outputs();

  /** Output[n×outputs] of input[n×inputs]. */
  DMatrixRMaj forward(DMatrixRMaj input, Normalise by);

  /**
   * Sets the gradients of this layer's parameters.
   *
   * @param gradient ∂cost/∂output[n×outputs] of the last forward pass by batch. Not modified.
   */
  void parameterGradients(DMatrixRMaj gradient);

  /**
   * ∂cost/∂input[n×inputs]; {@link #parameterGradients} was called with the same gradient before.
   */
  DMatrixRMaj inputGradient(DMatrixRMaj gradient);

  /** What is trained, none for a layer without parameters. */
  List<Parameter> parameters();
}
