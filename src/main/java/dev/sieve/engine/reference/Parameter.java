package dev.sieve.engine.reference;

import org.ejml.data.DMatrixRMaj;

/** A matrix that is trained, and the gradient of the cost with respect to it. */
record Parameter(DMatrixRMaj value, DMatrixRMaj gradient) {
  Parameter(int rows, int columns) {
    this(new DMatrixRMaj(rows, columns), new DMatrixRMaj(rows, columns));
  }
}
