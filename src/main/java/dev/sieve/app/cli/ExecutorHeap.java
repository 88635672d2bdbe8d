package dev.sieve.app.cli;

import dev.sieve.config.Experiment;
import dev.sieve.error.UserException;
import dev.sieve.report.Numbers;
import org.apache.spark.SparkConf;

/** Where networks are trained: in executors' heaps, or on one machine in the driver's. */
public final class ExecutorHeap {
  private ExecutorHeap() {}

  /**
   * Returns unless a study's largest network is certain not to fit, by its weights and their
   * gradients alone.
   */
  public static void requireHolds(Experiment experiment) {
    SparkConf spark = new SparkConf();
    String master = spark.get("spark.master", "local[*]");
    boolean local = master.startsWith("local") && !master.startsWith("local-cluster");
    long heap =
        local
            ? Runtime.getRuntime().maxMemory()
            : spark.getSizeAsBytes("spark.executor.memory", "1g");
    requireHolds(experiment, heap, local ? "--driver-memory" : "--executor-memory");
  }

  static void requireHolds(Experiment experiment, long heap, String option) {
    int width = experiment.engineType().equals("reference") ? Double.BYTES : Float.BYTES;
    double least = 2.0 * width * experiment.parameters();
    if (least > heap) {
      throw new UserException(
          "a network's weights and gradients must fit into an executor's memory, but network.hidden makes %s parameters, which take %sB, and there are %sB: lower its widths, or give more with %s"
              .formatted(
                  experiment.parameters(),
                  Numbers.scaled((long) least),
                  Numbers.scaled(heap),
                  option));
    }
  }
}
