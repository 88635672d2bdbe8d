package dev.sieve.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of training on {@link Blocks} (activations) and {@link Panels} (weights).
 * ShapeChecks shapes once a call; what it calls does not. Stateless, for any number of threads. The
 * bits of every result are the same for the vector kernels at 512, 256 and 128 bits and for their
 * scalar twins.
 *
 * <p>n is the number of images; rows past n are left undefined. A {@code …Block} is the index of
 * the first block in use.
 */
public final class Kernels {
  /** Inputs of one pass over all panels: 128 × 48 weights fit the first-level cache. */
  private static final int CHUNK = 8;

  private static final Kernels SCALAR = new Kernels(new ScalarKernels());

  /** Loaded on first use: the look-up may warn. */
  private static final class Best {
    static final Kernels INSTANCE = new Kernels(Providers.best());
  }

  private final KernelProvider provider;

  private Kernels(KernelProvider provider) {
    this.provider = provider;
  }

  KernelProvider provider() {
    return provider;
  }

  /** The fastest that this JVM has. */
  public static Kernels best() {
    return Best.INSTANCE;
  }

  /** The scalar twins. */
  public static Kernels scalar() {
    return SCALAR;
  }

  /** {@code vector} or {@code scalar}. */
  public String name() {
    return provider.name();
  }

  /** Length of the vectors in use, 0 for the scalar twins. */
  public int vectorBits() {
    return provider.vectorBits();
  }

  /** S[n×m] ← S + X[n×d] · W[d×m]. */
  public void product(Blocks x, int xBlock, Panels w, Blocks s, int sBlock, int n) {
    int inputBlocks = w.inputs() / Blocks.WIDTH;
    ShapeChecks.blocks(x, xBlock, inputBlocks, n);
    ShapeChecks.blocks(s, sBlock, w.columns() / Blocks.WIDTH, n);
    ShapeChecks.distinct(x, s);
    for (int from = 0; from < inputBlocks; from += CHUNK) {
      int k = Blocks.WIDTH * Math.min(CHUNK, inputBlocks - from);
      int xAt = x.at(xBlock + from);
      for (int panel = 0; panel < w.panels(); panel++) {
        int wAt = w.at(panel, Blocks.WIDTH * from);
        int sAt = s.at(sBlock + w.column(panel) / Blocks.WIDTH);
        provider.product(
            x.data(),
            xAt,
            x.stride(),
            k,
            w.data(),
            wAt,
            w.width(panel),
            s.data(),
            sAt,
            s.stride(),
            n);
      }
    }
  }

  /** dW[d×m] ← Xᵀ[d×n] · G[n×m]. */
  public void gradient(Blocks x, int xBlock, Blocks g, int gBlock, int n, Panels gradient) {
    ShapeChecks.gradient(x, xBlock, g, gBlock, n, gradient);
    for (int from = 0; from < gradient.used(); from += Tiles.RUN) {
      int end = gradient.end(from);
      for (int panel = 0; panel < gradient.panels(); panel++) {
        for (int k = from; k < end; k += Tiles.INPUTS) {
          tile(x, xBlock, g, gBlock, n, gradient, k, panel, gradient.data(), gradient.at(panel, k));
        }
      }
    }
  }

  /** The tile of dW that belongs to the inputs from {@code k} on of a panel. */
  void tile(
      Blocks x,
      int xBlock,
      Blocks g,
      int gBlock,
      int n,
      Panels shape,
      int k,
      int panel,
      float[] tile,
      int at) {
    provider.gradient(
        x.data(),
        Blocks.column(x.at(xBlock), x.stride(), k),
        g.data(),
        g.at(gBlock + shape.column(panel) / Blocks.WIDTH),
        g.stride(),
        n,
        tile,
        at,
        shape.width(panel),
        shape.rows(k));
  }

  /**
   * D[n×d] ← G[n×m] · Wᵀ[m×d]. Wᵀ is made as it is used, a few columns of W at a time, which the
   * product then finds in the first-level cache.
   *
   * @param scratch Modified: {@link #newScratch}
   */
  public void inputGradient(
      Blocks g, int gBlock, Panels w, Blocks d, int dBlock, int n, Panels scratch) {
    int gradientBlocks = w.columns() / Blocks.WIDTH;
    ShapeChecks.blocks(g, gBlock, gradientBlocks, n);
    ShapeChecks.blocks(d, dBlock, w.inputs() / Blocks.WIDTH, n);
    ShapeChecks.distinct(g, d);
    int width;
    for (int first = 0; first < w.inputs(); first += width) {
      width = Tiles.strip(w.inputs() - first);
      int block = dBlock + first / Blocks.WIDTH;
      clear(d, block, width / Blocks.WIDTH, n);
      for (int from = 0; from < gradientBlocks; from += CHUNK) {
        int blocks = Math.min(CHUNK, gradientBlocks - from);
        transpose(w, first, width, from, from + blocks, scratch);
        provider.product(
            g.data(),
            g.at(gBlock + from),
            g.stride(),
            Blocks.WIDTH * blocks,
            scratch.data(),
            scratch.at(0, 0),
            width,
            d.data(),
            d.at(block),
            d.stride(),
            n);
      }
    }
  }

  /**
   * Rows {@code first … first + width} of W as columns, of some of W's blocks of columns. These
   * rows of a panel are one piece, copied first: with W read tile by tile, a line here and a line
   * there, the whole gradient of inputs took 7 % longer.
   */
  private void transpose(Panels w, int first, int width, int block, int end, Panels scratch) {
    int copyAt = scratch.at(0, CHUNK * Blocks.WIDTH);
    int copied = -1;
    for (int to = scratch.at(0, 0); block < end; block++, to += Blocks.WIDTH * width) {
      int column = block * Blocks.WIDTH;
      int panel = w.panel(column);
      int panelWidth = w.width(panel);
      if (Tiles.PANEL == Blocks.WIDTH) {
        provider.transpose(w.data(), w.at(panel, first), 16, scratch.data(), to, 16);
        continue;
      }
      if (panel != copied) {
        int from = w.at(panel, first);
        System.arraycopy(w.data(), from, scratch.data(), copyAt, width * panelWidth);
        copied = panel;
      }
      int at = copyAt + column - w.column(panel);
      for (int k = 0; k < width; k += Blocks.WIDTH) {
        provider.transpose(
            scratch.data(), at + k * panelWidth, panelWidth, scratch.data(), to + k, width);
      }
    }
  }

  /** Room for a piece of the transpose of a W, and for what it is made from. */
  public static Panels newScratch(@Nullable Arena arena) {
    return new Panels(arena, CHUNK * Blocks.WIDTH + Tiles.PANEL, Tiles.PANEL);
  }

  /** squares[m] ← Σ_k w_k², a chain a column. */
  public void squares(Panels w, float[] squares) {
    if (squares.length < w.columns()) {
      throw new IllegalArgumentException(
          "squares must have a value a column, but got %s for %s"
              .formatted(squares.length, w.columns()));
    }
    Arrays.fill(squares, 0);
    for (int panel = 0; panel < w.panels(); panel++) {
      provider.squares(
          w.data(), w.at(panel, 0), w.inputs(), w.width(panel), squares, w.column(panel));
    }
  }

  /**
   * X of n images: x = (pixel − mean)·scale.
   *
   * @param from offset of each image's first pixel; as many as {@code mean} has values are read
   */
  public void decode(byte[] pixels, int[] from, float[] mean, float[] scale, Blocks x, int n) {
    requireWithin(pixels.length, from, mean, scale, x, n);
    provider.decode(pixels, from, n, mean, scale, x.data(), x.at(0), x.stride());
  }

  /**
   * X of n rows: x = (value − mean)·scale.
   *
   * @param from offset of each row's first value; as many as {@code mean} has values are read
   */
  public void decode(float[] values, int[] from, float[] mean, float[] scale, Blocks x, int n) {
    requireWithin(values.length, from, mean, scale, x, n);
    provider.decode(values, from, n, mean, scale, x.data(), x.at(0), x.stride());
  }

  private static void requireWithin(
      int length, int[] from, float[] mean, float[] scale, Blocks x, int n) {
    ShapeChecks.blocks(x, 0, Blocks.count(mean.length), n);
    if (scale.length != mean.length || from.length < n) {
      throw new IllegalArgumentException(
          "scale must have %s values and from %s, but got %s and %s"
              .formatted(mean.length, n, scale.length, from.length));
    }
    for (int i = 0; i < n; i++) {
      if (from[i] < 0 || from[i] > length - mean.length) {
        throw new IllegalArgumentException(
            "an example's %s numbers must lie within %s, but begin at %s"
                .formatted(mean.length, length, from[i]));
      }
    }
  }

  /** Rows ← r, from {@code r[16·block]} on. */
  public void fill(float[] r, Blocks s, int block, int n) {
    ShapeChecks.blocks(s, block, 1, n);
    ShapeChecks.columns(r, block);
    provider.fill(r, block * Blocks.WIDTH, s.data(), s.at(block), n);
  }

  /** Rows ← 0. */
  public void clear(Blocks s, int block, int blocks, int n) {
    ShapeChecks.blocks(s, block, blocks, n);
    for (int b = block; b < block + blocks; b++) {
      Arrays.fill(s.data(), s.at(b), s.at(b) + n * Blocks.WIDTH, 0);
    }
  }

  /** r ← Σ_i g_i, to {@code r[16·block]} on. */
  public void sums(Blocks g, int block, int n, float[] r) {
    ShapeChecks.blocks(g, block, 1, n);
    ShapeChecks.columns(r, block);
    provider.sums(g.data(), g.at(block), n, r, block * Blocks.WIDTH);
  }

  /** Mean and variance (1/n) of a block's columns, to {@code mean[16·block]} on. */
  public void moments(Blocks s, int block, int n, float[] mean, float[] variance) {
    ShapeChecks.blocks(s, block, 1, n);
    ShapeChecks.columns(mean, block);
    ShapeChecks.columns(variance, block);
    provider.moments(s.data(), s.at(block), n, mean, variance, block * Blocks.WIDTH);
  }

  /** a = max(0, s); A may be S. */
  public void relu(Blocks s, int sBlock, Blocks a, int aBlock, int n) {
    ShapeChecks.blocks(s, sBlock, 1, n);
    ShapeChecks.blocks(a, aBlock, 1, n);
    provider.relu(s.data(), s.at(sBlock), a.data(), a.at(aBlock), n);
  }

  /** g = d where a ≠ 0, else 0; blocks of A and D have the same index. */
  public void reluGradient(Blocks a, Blocks d, int aBlock, Blocks g, int gBlock, int n) {
    ShapeChecks.blocks(a, aBlock, 1, n);
    ShapeChecks.blocks(d, aBlock, 1, n);
    ShapeChecks.blocks(g, gBlock, 1, n);
    provider.reluGradient(
        a.data(), a.at(aBlock), d.data(), d.at(aBlock), g.data(), g.at(gBlock), n);
  }

  /** s ← ŝ = (s − μ)·inverse, a = max(0, γŝ + β); the norm's columns are those of S. */
  public void normaliseRelu(
      Blocks s, int sBlock, Blocks a, int aBlock, int n, BatchNormColumns norm) {
    ShapeChecks.norm(s, sBlock, a, aBlock, n, norm);
    int column = sBlock * Blocks.WIDTH;
    provider.normaliseRelu(s.data(), s.at(sBlock), a.data(), a.at(aBlock), n, norm, column);
  }

  /** a = γ·(s − μ)·inverse + β; the norm's columns are those of S. */
  public void normalise(Blocks s, int sBlock, Blocks a, int aBlock, int n, BatchNormColumns norm) {
    ShapeChecks.norm(s, sBlock, a, aBlock, n, norm);
    int column = sBlock * Blocks.WIDTH;
    provider.normalise(s.data(), s.at(sBlock), a.data(), a.at(aBlock), n, norm, column);
  }

  /**
   * Back through {@link #normaliseRelu}: g of d, and the norm's dγ and dβ.
   *
   * @param s ŝ, as the forward pass left it; G has the same block
   * @param d has the same block as A
   */
  public void normaliseReluGradient(
      Blocks s,
      int sBlock,
      Blocks a,
      Blocks d,
      int aBlock,
      Blocks g,
      int n,
      BatchNormColumns norm) {
    ShapeChecks.norm(s, sBlock, a, aBlock, n, norm);
    ShapeChecks.norm(g, sBlock, d, aBlock, n, norm);
    provider.normaliseReluGradient(
        s.data(),
        s.at(sBlock),
        a.data(),
        a.at(aBlock),
        d.data(),
        d.at(aBlock),
        g.data(),
        g.at(sBlock),
        n,
        norm,
        sBlock * Blocks.WIDTH);
  }

  /**
   * Back through {@link #relu} in place and {@link #normalise}: g of d, and the norm's dγ and dβ.
   *
   * @param s what the ReLU left; G has the same block
   */
  public void reluNormaliseGradient(
      Blocks s, int sBlock, Blocks d, int dBlock, Blocks g, int n, BatchNormColumns norm) {
    ShapeChecks.norm(s, sBlock, d, dBlock, n, norm);
    ShapeChecks.norm(g, sBlock, d, dBlock, n, norm);
    int column = sBlock * Blocks.WIDTH;
    provider.reluNormaliseGradient(
        s.data(), s.at(sBlock), d.data(), d.at(dBlock), g.data(), g.at(sBlock), n, norm, column);
  }

  /**
   * Softmax and cross-entropy of n rows of scores.
   *
   * @param s Modified: scores, then ∂(mean loss)/∂s = (p − y)/n
   * @param labels one a row, each less than {@code classes}
   * @param loss Modified: −ln p_label, one a row
   * @param predicted Modified: the first class with the largest score, 0 where there is none (NaN)
   */
  public void softmax(
      Blocks s, int block, int n, int classes, int[] labels, float[] loss, int[] predicted) {
    ShapeChecks.blocks(s, block, Blocks.count(classes), n);
    if (labels.length < n || loss.length < n || predicted.length < n) {
      throw new IllegalArgumentException(
          "labels, loss and predicted must have a value a row, but got %s, %s and %s for %s"
              .formatted(labels.length, loss.length, predicted.length, n));
    }
    for (int i = 0; i < n; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "0 <= label < %s must hold, but got %s".formatted(classes, labels[i]));
      }
    }
    provider.softmax(s.data(), s.at(block), s.stride(), n, classes, labels, loss, predicted);
  }

  /**
   * to[row][low … high) ← from[row][low + shift …], lanes of one block each; other lanes are kept.
   */
  public void shift(
      Blocks from, int fromBlock, int shift, Blocks to, int toBlock, int low, int high, int n) {
    ShapeChecks.blocks(from, fromBlock, 1, n);
    ShapeChecks.blocks(to, toBlock, 1, n);
    if (low < 0 || high > Blocks.WIDTH || low + shift < 0 || high + shift > Blocks.WIDTH) {
      throw new IllegalArgumentException(
          "lanes must lie in a block, but got %s … %s shifted by %s".formatted(low, high, shift));
    }
    provider.shift(from.data(), from.at(fromBlock), shift, to.data(), to.at(toBlock), low, high, n);
  }

  /** Multiply-adds in registers, for {@link FmaPeak}; the number of operations done. */
  double multiplyAdds(int rounds) {
    return provider.multiplyAdds(rounds);
  }
}
