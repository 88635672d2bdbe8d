package dev.sieve.kernel;

/**
 * The kernels on bare arrays. Nothing is checked here: {@link Kernels} has done it. Every
 * implementation gives the same bits, because the order of every operation on every element is laid
 * down: each output is one chain of fused multiply-adds in index order, and a sum along a row has
 * 16 lanes folded as (l, l+8), (l, l+4), (l, l+2), (l, l+1).
 *
 * <p>An argument named {@code …At} is the offset of a block ({@code [row][16]}), a panel row or a
 * column; {@code …Stride} the distance between blocks; {@code n} the number of images.
 */
interface KernelProvider {
  String name();

  /** 0 for the scalar twins. */
  int vectorBits();

  /** S[n×width] ← S + X[n×k]·W[k×width], k a multiple of 16. Up to 4 rows past n are written. */
  void product(
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
      int n);

  /**
   * A tile of dW ← Xᵀ·G: {@link Tiles#INPUTS} inputs of one panel, row after row, of which {@code
   * rows} are in use.
   */
  void gradient(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      int gStride,
      int n,
      float[] dw,
      int dwAt,
      int width,
      int rows);

  /** Every row of the block ← r[16]. */
  void fill(float[] r, int rAt, float[] s, int sAt, int n);

  /** r[16] ← Σ_i g_i. */
  void sums(float[] g, int gAt, int n, float[] r, int rAt);

  /** μ[16] = Σ_i s_i / n, v[16] = Σ_i (s_i − μ)² / n. */
  void moments(float[] s, int sAt, int n, float[] mean, float[] variance, int column);

  /** a = max(0, s), NaN kept; A may be S. */
  void relu(float[] s, int sAt, float[] a, int aAt, int n);

  /** g = d where a ≠ 0, else 0. */
  void reluGradient(float[] a, int aAt, float[] d, int dAt, float[] g, int gAt, int n);

  /** s ← ŝ = (s − μ)·inverse, a = max(0, γŝ + β). */
  void normaliseRelu(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column);

  /** a = γ·(s − μ)·inverse + β. */
  void normalise(float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column);

  /**
   * Back through {@link #normaliseRelu}: h = d where a ≠ 0, else 0; dβ = Σ h; dγ = Σ h·ŝ; g =
   * γ·inverse·(h − dβ/n − ŝ·dγ/n).
   */
  void normaliseReluGradient(
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
      int column);

  /**
   * Back through {@link #relu} in place and {@link #normalise}: ŝ = (s − μ)·inverse; dβ = Σ d; dγ =
   * Σ d·ŝ; g = γ·inverse·(d − dβ/n − ŝ·dγ/n) where s ≠ 0, else 0.
   */
  void reluNormaliseGradient(
      float[] s,
      int sAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column);

  /**
   * Row by row: e = exp(s − max s), p = e/Σe, loss = ln Σe − (s_label − max s), predicted the first
   * of the largest, s ← (p − y)/n.
   */
  void softmax(
      float[] s,
      int sAt,
      int sStride,
      int n,
      int classes,
      int[] labels,
      float[] loss,
      int[] predicted);

  /** x_ij = (pixel_ij − mean_j)·scale_j, image i's pixels from {@code from[i]} on. */
  void decode(
      byte[] pixels,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride);

  /** x_ij = (value_ij − mean_j)·scale_j, row i's values from {@code from[i]} on. */
  void decode(
      float[] values,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride);

  /** r[width] ← r + Σ_k w_k², one panel. */
  void squares(float[] w, int wAt, int k, int width, float[] r, int rAt);

  /** to[row][low … high) ← from[row][lane + shift], other lanes kept. */
  void shift(float[] from, int fromAt, int shift, float[] to, int toAt, int low, int high, int n);

  /** Tᵀ of a 16 × 16 tile. */
  void transpose(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride);

  /** g' = g + 2λw, w ← w − η·g', for {@code rows} rows of {@code width}; g lies as w does. */
  void sgd(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column);

  /** g' = g + 2λw, v ← m·v + η·g', w ← w − v; v lies as w does. */
  void momentum(
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
      float m);

  /** g' = g + 2λw and one step of Adam; the moments' tiles lie as w's does. */
  void adam(
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
      AdamStep step);

  /** Multiply-adds in registers, for {@link FmaPeak}; the number of operations done. */
  double multiplyAdds(int rounds);
}
