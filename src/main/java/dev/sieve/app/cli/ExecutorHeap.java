package dev.sieve.app.cli;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.error.UserException;
import dev.sieve.report.Numbers;
import org.apache.spark.SparkConf;

/** Where networks are trained: in executors' heaps, or on one machine in the driver's. */
record ExecutorHeap(long bytes, String option) {
  /** As Spark is told. */
  static ExecutorHeap ofSpark() {
    SparkConf spark = new SparkConf();
    String master = spark.get("spark.master", "local[*]");
    boolean local = master.startsWith("local") && !master.startsWith("local-cluster");
    return local
        ? new ExecutorHeap(Runtime.getRuntime().maxMemory(), "--driver-memory")
        : new ExecutorHeap(
            spark.getSizeAsBytes("spark.executor.memory", "1g"), "--executor-memory");
  }

  /**
   * Returns unless a study's largest network is certain not to fit, by its weights and their
   * gradients alone.
   */
  void requireHolds(Experiment experiment) {
    int width = experiment.engineType().equals("reference") ? Double.BYTES : Float.BYTES;
    double least = 2.0 * width * experiment.parameters();
    if (least > bytes) {
      throw new UserException(
          "a network's weights and gradients must fit into an executor's memory, but network.hidden makes %s parameters, which take %sB, and there are %sB: lower its widths, or give more with %s"
              .formatted(
                  experiment.parameters(),
                  Numbers.scaled((long) least),
                  Numbers.scaled(bytes),
                  option));
    }
  }

  /** The same of the data, as they are and as networks see them. */
  void requireHolds(Experiment experiment, DataSet data) {
    long needed = experiment.bytes(data);
    if (needed > bytes) {
      throw new UserException(
          "the data must fit into an executor's memory, but %s and what their columns become take %sB, and there are %sB: take fewer of them, lower data.max-categories, or give more with %s"
              .formatted(data.examples(), Numbers.scaled(needed), Numbers.scaled(bytes), option));
    }
  }
}
