package dev.sieve.engine.reference;

import org.ejml.data.DMatrixRMaj;

/** What EJML lacks: a row vector r[1×m] applied to every row of A[n×m]. */
final class RowBroadcast {
  private RowBroadcast() {}

  /** A ← A + 1·r. */
  static void add(DMatrixRMaj a, DMatrixRMaj r) {
    for (int i = 0, at = 0; i < a.numRows; i++) {
      for (int j = 0; j < a.numCols; j++, at++) {
        a.data[at] += r.data[j];
      }
    }
  }

  /** A ← B − 1·r, A reshaped. */
  static void subtract(DMatrixRMaj b, DMatrixRMaj r, DMatrixRMaj a) {
    a.reshape(b.numRows, b.numCols);
    for (int i = 0, at = 0; i < b.numRows; i++) {
      for (int j = 0; j < b.numCols; j++, at++) {
        a.data[at] = b.data[at] - r.data[j];
      }
    }
  }

  /** r_j ← Σ_i A_ij · B_ij. */
  static void sumOfProducts(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj r) {
    r.zero();
    for (int i = 0, at = 0; i < a.numRows; i++) {
      for (int j = 0; j < a.numCols; j++, at++) {
        r.data[j] += a.data[at] * b.data[at];
      }
    }
  }
}
