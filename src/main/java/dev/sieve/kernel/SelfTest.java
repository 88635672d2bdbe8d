package dev.sieve.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the JIT compiler has made of the vector kernels what they are written for. By the luck of
 * a run (1 JVM of 6 to 8, with some forms of these kernels) it allocates a vector at every
 * operation, and training goes on at a tenth of its speed. Once this JVM has made enough steps some
 * kernels run beside their scalar twins, for some tenths of a second: one that allocates, or is not
 * twice as fast, is told of. A busy machine compiles late, so only the last of three failures
 * counts.
 */
public final class SelfTest {
  /** Of the whole JVM. */
  private static final SelfTest OF_JVM =
      new SelfTest(
          () -> fault(Kernels.best()),
          text -> System.getLogger("dev.sieve.kernel").log(Level.WARNING, text));

  private static final int FIRST = 2000;
  private static final int LAST = 4 * FIRST;

  private static final double LEAST_RATIO = 2;
  private static final int ROUNDS = 10;
  private static final long WARM_UP_NANOS = 300_000_000;

  private final Supplier<@Nullable String> check;
  private final Consumer<String> warn;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile boolean over;

  SelfTest(Supplier<@Nullable String> check, Consumer<String> warn) {
    this.check = check;
    this.warn = warn;
  }

  /** Counts a training step of this JVM, and tests when it is time to. */
  public static void step(Kernels kernels) {
    if (kernels.vectorBits() > 0) {
      OF_JVM.step();
    }
  }

  void step() {
    if (over) {
      return;
    }
    int step = steps.incrementAndGet();
    if (step == FIRST || step == 2 * FIRST || step == LAST) {
      test(step == LAST);
    }
  }

  private void test(boolean last) {
    String fault = check.get();
    over = last || fault == null;
    if (last && fault != null) {
      warn.accept(
          "The JIT compiler of this JVM (%s) has not compiled a kernel as meant: %s. Training goes on, slower, with the same numbers. Which code it makes is in part luck: another start of the JVM, without -XX:TieredStopAtLevel or -Xint, may do better."
              .formatted(Jvm.compiler(), fault));
    }
  }

  /** What is wrong with the first kernel that is not as fast as it should be, null if all are. */
  private static @Nullable String fault(Kernels kernels) {
    int n = 28;
    Arena arena = new Arena();
    Blocks x = new Blocks(arena, 8, n);
    Blocks s = new Blocks(arena, 5, n);
    Blocks below = new Blocks(arena, 8, n);
    Panels w = new Panels(arena, 128, 80);
    Panels gradient = new Panels(arena, 128, 80);
    Panels scratch = Kernels.newScratch(arena);
    arena.allocate();
    Kernels scalar = Kernels.scalar();
    String fault =
        fault(
            "the product",
            () -> kernels.product(x, 0, w, s, 0, n),
            () -> scalar.product(x, 0, w, s, 0, n));
    if (fault == null) {
      fault =
          fault(
              "the gradient of weights",
              () -> kernels.gradient(x, 0, s, 0, n, gradient),
              () -> scalar.gradient(x, 0, s, 0, n, gradient));
    }
    if (fault == null) {
      fault =
          fault(
              "the gradient of inputs",
              () -> kernels.inputGradient(s, 0, w, below, 0, n, scratch),
              () -> scalar.inputGradient(s, 0, w, below, 0, n, scratch));
    }
    return fault;
  }

  /** What is wrong with a kernel beside its twin. */
  static @Nullable String fault(String name, Runnable vector, Runnable scalar) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    warmUp(scalar);
    warmUp(vector);
    long allocated = Long.MAX_VALUE;
    long vectorTime = Long.MAX_VALUE;
    long scalarTime = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      vector.run();
      long middle = System.nanoTime();
      long after = threads.getCurrentThreadAllocatedBytes();
      scalar.run();
      long end = System.nanoTime();
      allocated = Math.min(allocated, after - before);
      vectorTime = Math.min(vectorTime, middle - start);
      scalarTime = Math.min(scalarTime, end - middle);
    }
    if (allocated > 0) {
      return "%s allocates %s bytes a call".formatted(name, allocated);
    }
    double ratio = (double) scalarTime / vectorTime;
    return ratio >= LEAST_RATIO
        ? null
        : String.format(
            Locale.ROOT, "%s is only %.1f times as fast as its scalar twin", name, ratio);
  }

  private static void warmUp(Runnable work) {
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (int call = 0; call < 500 && System.nanoTime() < end; call++) {
      work.run();
    }
  }
}
