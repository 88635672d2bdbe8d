package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.search.SearchSettings;
import dev.sieve.search.TrialExecutor;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Groups as Spark jobs of one task each, over a broadcast data set. */
public final class SparkTrialExecutor implements TrialExecutor {
  public SparkTrialExecutor(
      SparkSession spark, DataSet data, String engineType, SearchSettings settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void submit(TrialGroup group) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int slots() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int pending() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TrialOutcome> await(Duration atMost) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancel() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
