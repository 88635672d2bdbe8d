package dev.sieve.kernel;

/**
 * Update rules, in which a gradient of weights never leaves the first-level cache: each tile of dW
 * is used as soon as it is made. One thread at a time.
 *
 * <p>Tiles are small, so that the few loads of W, from the third-level cache, overlap with the
 * product's last multiply-adds: with tiles of 16 inputs they were waited for, up to a tenth of the
 * time.
 *
 * <p>Updating W while dW is in registers would save some stores (6 % of the time), but makes the
 * product's methods so large that the JIT compiler, by the luck of a run, boxes their vectors.
 */
public final class Updates {
  private final Kernels kernels;
  private final KernelProvider provider;

  /** One tile of a gradient. */
  private final float[] tile = new float[Tiles.INPUTS * Tiles.PANEL];

  public Updates(Kernels kernels) {
    this.kernels = kernels;
    this.provider = kernels.provider();
  }

  /** W ← W − η·(Xᵀ·G + 2λW). */
  public void sgd(
      Blocks x, int xBlock, Blocks g, int gBlock, int n, Panels w, ColumnRates rates, int column) {
    ShapeChecks.gradient(x, xBlock, g, gBlock, n, w);
    ShapeChecks.columns(rates, column, w.columns());
    for (int from = 0; from < w.used(); from += Tiles.RUN) {
      int end = w.end(from);
      for (int panel = 0; panel < w.panels(); panel++) {
        for (int k = from; k < end; k += Tiles.INPUTS) {
          kernels.tile(x, xBlock, g, gBlock, n, w, k, panel, tile, 0);
          provider.sgd(
              tile,
              0,
              w.data(),
              w.at(panel, k),
              w.rows(k),
              w.width(panel),
              rates.rate(),
              rates.penalty(),
              column + w.column(panel));
        }
      }
    }
  }

  /** v ← m·v + η·(Xᵀ·G + 2λW), W ← W − v. */
  public void momentum(
      Blocks x,
      int xBlock,
      Blocks g,
      int gBlock,
      int n,
      Panels w,
      ColumnRates rates,
      int column,
      Panels v,
      float m) {
    ShapeChecks.gradient(x, xBlock, g, gBlock, n, w);
    ShapeChecks.columns(rates, column, w.columns());
    ShapeChecks.same(w, v);
    for (int from = 0; from < w.used(); from += Tiles.RUN) {
      int end = w.end(from);
      for (int panel = 0; panel < w.panels(); panel++) {
        for (int k = from; k < end; k += Tiles.INPUTS) {
          kernels.tile(x, xBlock, g, gBlock, n, w, k, panel, tile, 0);
          provider.momentum(
              tile,
              0,
              w.data(),
              w.at(panel, k),
              v.data(),
              v.at(panel, k),
              w.rows(k),
              w.width(panel),
              rates.rate(),
              rates.penalty(),
              column + w.column(panel),
              m);
        }
      }
    }
  }

  /** One step of Adam with the gradient Xᵀ·G + 2λW. */
  public void adam(
      Blocks x,
      int xBlock,
      Blocks g,
      int gBlock,
      int n,
      Panels w,
      ColumnRates rates,
      int column,
      Panels first,
      Panels second,
      AdamStep step) {
    ShapeChecks.gradient(x, xBlock, g, gBlock, n, w);
    ShapeChecks.columns(rates, column, w.columns());
    ShapeChecks.same(w, first);
    ShapeChecks.same(w, second);
    for (int from = 0; from < w.used(); from += Tiles.RUN) {
      int end = w.end(from);
      for (int panel = 0; panel < w.panels(); panel++) {
        for (int k = from; k < end; k += Tiles.INPUTS) {
          kernels.tile(x, xBlock, g, gBlock, n, w, k, panel, tile, 0);
          provider.adam(
              tile,
              0,
              w.data(),
              w.at(panel, k),
              first.data(),
              first.at(panel, k),
              second.data(),
              second.at(panel, k),
              w.rows(k),
              w.width(panel),
              rates.rate(),
              rates.penalty(),
              column + w.column(panel),
              step);
        }
      }
    }
  }

  /** w ← w − η·(g + 2λw), a vector of a value a column. */
  public void sgd(float[] g, float[] w, ColumnRates rates) {
    ShapeChecks.vectors(g, w, rates);
    provider.sgd(g, 0, w, 0, 1, w.length, rates.rate(), rates.penalty(), 0);
  }

  /** v ← m·v + η·(g + 2λw), w ← w − v, a vector of a value a column. */
  public void momentum(float[] g, float[] w, ColumnRates rates, float[] v, float m) {
    ShapeChecks.vectors(g, w, rates);
    ShapeChecks.vectors(v, w, rates);
    provider.momentum(g, 0, w, 0, v, 0, 1, w.length, rates.rate(), rates.penalty(), 0, m);
  }

  /** One step of Adam with the gradient g + 2λw, a vector of a value a column. */
  public void adam(
      float[] g, float[] w, ColumnRates rates, float[] first, float[] second, AdamStep step) {
    ShapeChecks.vectors(g, w, rates);
    ShapeChecks.vectors(first, w, rates);
    ShapeChecks.vectors(second, w, rates);
    provider.adam(
        g, 0, w, 0, first, 0, second, 0, 1, w.length, rates.rate(), rates.penalty(), 0, step);
  }
}
