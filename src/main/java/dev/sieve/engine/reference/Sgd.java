package dev.sieve.engine.reference;

import org.ejml.dense.row.CommonOps_DDRM;

/** W ← W − η·g. */
final class Sgd implements UpdateRule {
  @Override
  public void update(Parameter parameter, double eta) {
    CommonOps_DDRM.addEquals(parameter.value(), -eta, parameter.gradient());
  }
}
