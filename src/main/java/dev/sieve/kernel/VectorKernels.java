package dev.sieve.kernel;

/** The kernels on the machine's widest vectors. */
final class VectorKernels implements KernelProvider {
  private static final int LENGTH = Lanes.SPECIES.length();

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int vectorBits() {
    return Lanes.SPECIES.vectorBitSize();
  }

  @Override
  public void product(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      int width,
      float[] s,
      int sAt,
      int sStride,
      int n) {
    if (LENGTH == 8) {
      VectorProductNarrow.panel(x, xAt, xStride, k, w, wAt, s, sAt, n);
      return;
    }
    VectorProduct.panel(x, xAt, xStride, k, w, wAt, width, s, sAt, sStride, n);
  }

  @Override
  public void gradient(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      int gStride,
      int n,
      float[] dw,
      int dwAt,
      int width,
      int rows) {
    if (LENGTH == 8) {
      VectorGradientNarrow.rows(x, xAt, g, gAt, n, dw, dwAt, rows);
      return;
    }
    VectorGradient.rows4(x, xAt, g, gAt, gStride, n, dw, dwAt, width);
  }

  @Override
  public void fill(float[] r, int rAt, float[] s, int sAt, int n) {
    VectorNorm.fill(r, rAt, s, sAt, n);
  }

  @Override
  public void sums(float[] g, int gAt, int n, float[] r, int rAt) {
    VectorNorm.sums(g, gAt, n, r, rAt);
  }

  @Override
  public void moments(float[] s, int sAt, int n, float[] mean, float[] variance, int column) {
    VectorNorm.moments(s, sAt, n, mean, variance, column);
  }

  @Override
  public void relu(float[] s, int sAt, float[] a, int aAt, int n) {
    VectorNorm.relu(s, sAt, a, aAt, n);
  }

  @Override
  public void reluGradient(float[] a, int aAt, float[] d, int dAt, float[] g, int gAt, int n) {
    VectorNorm.reluGradient(a, aAt, d, dAt, g, gAt, n);
  }

  @Override
  public void normaliseRelu(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    VectorNorm.normaliseRelu(s, sAt, a, aAt, n, norm, column);
  }

  @Override
  public void normalise(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    VectorNorm.normalise(s, sAt, a, aAt, n, norm, column);
  }

  @Override
  public void normaliseReluGradient(
      float[] s,
      int sAt,
      float[] a,
      int aAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    VectorNorm.normaliseReluGradient(s, sAt, a, aAt, d, dAt, g, gAt, n, norm, column);
  }

  @Override
  public void reluNormaliseGradient(
      float[] s,
      int sAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    VectorNorm.reluNormaliseGradient(s, sAt, d, dAt, g, gAt, n, norm, column);
  }

  @Override
  public void softmax(
      float[] s,
      int sAt,
      int sStride,
      int n,
      int classes,
      int[] labels,
      float[] loss,
      int[] predicted) {
    VectorSoftmax.softmax(s, sAt, sStride, n, classes, labels, loss, predicted);
  }

  @Override
  public void decode(
      byte[] pixels,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    VectorLayout.decode(pixels, from, n, mean, scale, x, xAt, xStride);
  }

  @Override
  public void decode(
      float[] values,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    VectorLayout.decode(values, from, n, mean, scale, x, xAt, xStride);
  }

  @Override
  public void squares(float[] w, int wAt, int k, int width, float[] r, int rAt) {
    VectorLayout.squares(w, wAt, k, width, r, rAt);
  }

  @Override
  public void shift(
      float[] from, int fromAt, int shift, float[] to, int toAt, int low, int high, int n) {
    VectorLayout.shift(from, fromAt, shift, to, toAt, low, high, n);
  }

  @Override
  public void transpose(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    if (LENGTH == 16) {
      VectorTranspose.transpose(w, wAt, wStride, t, tAt, tStride);
    } else {
      VectorTransposeNarrow.transpose(w, wAt, wStride, t, tAt, tStride);
    }
  }

  @Override
  public void sgd(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    VectorUpdate.sgd(g, gAt, w, wAt, rows, width, rate, penalty, column);
  }

  @Override
  public void momentum(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] v,
      int vAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      float m) {
    VectorUpdate.momentum(g, gAt, w, wAt, v, vAt, rows, width, rate, penalty, column, m);
  }

  @Override
  public void adam(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] first,
      int firstAt,
      float[] second,
      int secondAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      AdamStep step) {
    VectorUpdate.adam(
        g, gAt, w, wAt, first, firstAt, second, secondAt, rows, width, rate, penalty, column, step);
  }

  @Override
  public double multiplyAdds(int rounds) {
    return VectorPeak.run(rounds);
  }
}
