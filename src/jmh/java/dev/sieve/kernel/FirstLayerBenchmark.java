package dev.sieve.kernel;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two products of a first layer: those of images and of tables, a batch of 100. {@code peak} is the same number of
 * operations in registers: its time over a product's is the share of the machine's peak.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields up
public class FirstLayerBenchmark {
  private static final int IMAGES = 100;

  /** Whole blocks: those of 16 or fewer, 36, 180 and 784 inputs, and of CIFAR-10. */
  @Param({"16", "48", "192", "784", "3072"})
  int inputs;

  /** Columns: one network of 50, eight of them, one of 500. */
  @Param({"64", "400", "512"})
  int columns;

  @Param({"vector", "scalar"})
  String implementation;

  private Kernels kernels;
  private Updates updates;
  private Blocks x;
  private Panels w;
  private Blocks s;
  private Blocks g;
  private ColumnRates rates;

  @Setup
  public void fill() {
    kernels = implementation.equals("vector") ? Kernels.best() : Kernels.scalar();
    updates = new Updates(kernels);
    Random random = new Random(1);
    x = new Blocks(inputs / Blocks.WIDTH, IMAGES);
    w = new Panels(inputs, columns);
    s = new Blocks(columns / Blocks.WIDTH, IMAGES);
    g = new Blocks(columns / Blocks.WIDTH, IMAGES);
    rates = new ColumnRates(columns);
    for (int k = 0; k < inputs; k++) {
      for (int i = 0; i < IMAGES; i++) {
        x.set(i, k, (float) random.nextGaussian());
      }
      for (int j = 0; j < columns; j++) {
        w.set(k, j, 0.02f * (float) random.nextGaussian());
      }
    }
    for (int j = 0; j < columns; j++) {
      rates.rate()[j] = 1e-3f;
      rates.penalty()[j] = 1e-2f;
      for (int i = 0; i < IMAGES; i++) {
        g.set(i, j, 1e-3f * (float) random.nextGaussian());
      }
    }
  }

  /** S = X·W. */
  @Benchmark
  public void forward() {
    kernels.clear(s, 0, s.blocks(), IMAGES);
    kernels.product(x, 0, w, s, 0, IMAGES);
  }

  /** W ← W − η(Xᵀ·G + 2λW). */
  @Benchmark
  public void backwardAndUpdate() {
    updates.sgd(x, 0, g, 0, IMAGES, w, rates, 0);
  }

  /** As many multiply-adds as either product has. */
  @Benchmark
  public double peak() {
    double wanted = 2.0 * IMAGES * inputs * columns;
    double once = kernels.multiplyAdds(8) / 8;
    return kernels.multiplyAdds((int) (wanted / once));
  }
}
