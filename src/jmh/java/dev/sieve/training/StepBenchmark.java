package dev.sieve.training;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
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
 * A training step of [50, 50] with batch norm on EJML's float products: 450 of them are the
 * net-epoch that {@code submit/sieve bench} tells of.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields up
public class StepBenchmark {
  private static final int IMAGES = 100;

  @Param({"3072-50-50-10"})
  String shape;

  private EjmlFloatLoop loop;
  private FMatrixRMaj x;
  private int[] labels;

  @Setup
  public void fill() {
    int[] sizes =
        java.util.Arrays.stream(shape.split("-", -1)).mapToInt(Integer::parseInt).toArray();
    loop = new EjmlFloatLoop(IMAGES, sizes);
    x = new FMatrixRMaj(IMAGES, sizes[0]);
    labels = new int[IMAGES];
    Random random = new Random(2);
    for (int i = 0; i < x.data.length; i++) {
      x.data[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = random.nextInt(10);
    }
  }

  @Benchmark
  public float ejmlFloat() {
    return loop.step(x, labels, 0.01f, 0.005f);
  }
}
