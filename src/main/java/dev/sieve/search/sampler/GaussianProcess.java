package dev.sieve.search.sampler;

import dev.sieve.search.space.UnitCube;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian process regression (Rasmussen & Williams 2006, algorithm 2.1) with the Matérn 5/2 kernel
 * and a length scale for each axis:
 *
 * <pre>
 * k(x, x') = s² (1 + √5 r + 5r²/3) e^(−√5 r),  r² = Σ d_i(x, x')² / ℓ_i²,  K = k + s² ν I
 * </pre>
 *
 * d is the difference of positions, or 0 and 1 for equal and other categories. s² is the one of
 * largest likelihood.
 */
final class GaussianProcess {
  /** A prediction. */
  record Normal(double mean, double deviation) {}

  /**
   * Parameters of the kernel.
   *
   * @param scales ℓ
   * @param noise ν, as a share of s²
   */
  record Kernel(double[] scales, double noise) {}

  private static final double ROOT_5 = StrictMath.sqrt(5);

  private final UnitCube cube;
  private final List<double[]> points;
  private final Kernel kernel;

  /** L[n×n], lower, L·Lᵀ = K / s². */
  private final double[] factor;

  /** α[n] = (K / s²)⁻¹ y. */
  private final double[] weights;

  private final double variance;
  private final double logLikelihood;

  private GaussianProcess(
      UnitCube cube, List<double[]> points, Kernel kernel, double[] factor, double[] y) {
    this.cube = cube;
    this.points = points;
    this.kernel = kernel;
    this.factor = factor;
    int n = points.size();
    this.weights = y.clone();
    TriangularSolver_DDRM.solveL(factor, weights, n);
    TriangularSolver_DDRM.solveTranL(factor, weights, n);
    double fit = 0;
    double logDeterminant = 0;
    for (int i = 0; i < n; i++) {
      fit += y[i] * weights[i];
      logDeterminant += 2 * StrictMath.log(factor[i * n + i]);
    }
    this.variance = Math.max(fit / n, 1e-12);
    this.logLikelihood = -0.5 * (n * StrictMath.log(variance) + logDeterminant);
  }

  /**
   * The process given observations; null where K is no positive matrix in floating point.
   *
   * @param y one a point, centred
   */
  static @Nullable GaussianProcess of(
      UnitCube cube, List<double[]> points, double[] y, Kernel kernel) {
    int n = points.size();
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double value = correlation(cube, points.get(i), points.get(j), kernel);
        matrix.unsafe_set(i, j, value);
        matrix.unsafe_set(j, i, value);
      }
      matrix.unsafe_set(i, i, 1 + kernel.noise());
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(n, true);
    if (!cholesky.decompose(matrix)) {
      return null;
    }
    return new GaussianProcess(cube, points, kernel, cholesky.getT(null).getData(), y);
  }

  /** Logarithm of the marginal likelihood, up to a constant. */
  double logLikelihood() {
    return logLikelihood;
  }

  Kernel kernel() {
    return kernel;
  }

  /** What the function is at a point, noise left out. */
  Normal at(double[] x) {
    int n = points.size();
    double[] k = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      k[i] = correlation(cube, x, points.get(i), kernel);
      mean += k[i] * weights[i];
    }
    TriangularSolver_DDRM.solveL(factor, k, n); // v = L⁻¹ k
    double explained = 0;
    for (double v : k) {
      explained += v * v;
    }
    return new Normal(mean, StrictMath.sqrt(variance * Math.max(0, 1 - explained)));
  }

  private static double correlation(UnitCube cube, double[] a, double[] b, Kernel kernel) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      double difference =
          cube.lines().get(i).ordered() ? centred(a[i]) - centred(b[i]) : a[i] == b[i] ? 0 : 1;
      double scaled = difference / kernel.scales()[i];
      square += scaled * scaled;
    }
    double r = ROOT_5 * StrictMath.sqrt(square);
    return (1 + r + r * r / 3) * StrictMath.exp(-r);
  }

  /** An axis that a configuration does not have says nothing: the middle. */
  private static double centred(double position) {
    return Double.isNaN(position) ? 0.5 : position;
  }
}
