package dev.sieve.engine.reference;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** v ← m·v + η·g, W ← W − v. */
final class Momentum implements UpdateRule {
  private final double momentum;
  private final DMatrixRMaj velocity = new DMatrixRMaj(0, 0);

  Momentum(double momentum) {
    this.momentum = momentum;
  }

  @Override
  public void update(Parameter parameter, double eta) {
    state(parameter);
    CommonOps_DDRM.add(momentum, velocity, eta, parameter.gradient(), velocity);
    CommonOps_DDRM.subtractEquals(parameter.value(), velocity);
  }

  @Override
  public List<DMatrixRMaj> state(Parameter parameter) {
    // A first reshape zeroes; later ones change nothing.
    velocity.reshape(parameter.value().numRows, parameter.value().numCols);
    return List.of(velocity);
  }
}
