package dev.sieve.kernel;

import java.lang.System.Logger.Level;

/** Which kernels this JVM can run. */
final class Providers {
  private static final String MODULE = "jdk.incubator.vector";
  private static final System.Logger LOG = System.getLogger("dev.sieve.kernel");

  /** The shortest vectors that are worth it. */
  private static final int LEAST_BITS = 128;

  private Providers() {}

  /** Length of the vectors that this JVM has, 0 without any. */
  static int vectorBits() {
    return ModuleLayer.boot().findModule(MODULE).isEmpty() ? 0 : vector().vectorBits();
  }

  /** The vector kernels, or their scalar twins with a warning that says why and what to do. */
  static KernelProvider best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      LOG.log(
          Level.WARNING,
          "This JVM runs without the module {0}: the scalar kernels are used, which give the same"
              + " numbers, 10 to 20 times slower. Start the JVM with --add-modules {0}"
              + " (spark-submit: spark.driver.extraJavaOptions and"
              + " spark.executor.extraJavaOptions).",
          MODULE);
      return new ScalarKernels();
    }
    KernelProvider vector = vector();
    if (vector.vectorBits() < LEAST_BITS) {
      LOG.log(
          Level.WARNING,
          "The vectors of this JVM have {0} bits, fewer than {1}: the scalar kernels are used,"
              + " which give the same numbers. Start the JVM without -XX:MaxVectorSize.",
          vector.vectorBits(),
          LEAST_BITS);
      return new ScalarKernels();
    }
    if (!Jvm.aligns()) {
      LOG.log(
          Level.WARNING,
          "The {0} collector of this JVM puts arrays anywhere, and vectors that straddle cache"
              + " lines cost up to a third of the speed; the numbers are the same. Start the JVM"
              + " with -XX:+UseG1GC, which one that sees a single core does not choose by itself"
              + " (spark-submit: spark.driver.extraJavaOptions and"
              + " spark.executor.extraJavaOptions).",
          Jvm.collector());
    }
    return vector;
  }

  /** By name, so that nothing here is linked to a module that may be absent. */
  private static KernelProvider vector() {
    try {
      return (KernelProvider)
          Class.forName("dev.sieve.kernel.VectorKernels").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the vector kernels must load where " + MODULE + " is", e);
    }
  }
}
