package dev.sieve.app.cli;

import dev.sieve.config.Experiment;
import dev.sieve.data.DataSet;
import dev.sieve.data.source.DataSource;
import dev.sieve.spark.sql.SparkRowReader;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A study's data, with as many examples as its phases ask for. Images are read at once, so that
 * those that are not there are told of before Spark starts; only Spark reads a table.
 */
public final class StudyData {
  private final Experiment experiment;
  private final List<Phase> phases;
  private final Consumer<DataSet> told;
  private final ExecutorHeap heap;
  private final DataSource source;
  private final @Nullable DataSet images;

  /**
   * @param told of the data as soon as they are read
   * @throws dev.sieve.error.UserException if images are missing or too few, or an executor cannot
   *     hold them and a network
   */
  public StudyData(Experiment experiment, List<Phase> phases, Consumer<DataSet> told) {
    this.experiment = experiment;
    this.phases = phases;
    this.told = told;
    this.heap = ExecutorHeap.ofSpark();
    heap.requireHolds(experiment);
    this.source = experiment.data();
    this.images = source.table() == null ? fitting(source.images()) : null;
  }

  /**
   * The data, a table's rows read in this session.
   *
   * @throws dev.sieve.error.UserException if a table cannot be used
   */
  public DataSet in(SparkSession spark) {
    return images == null ? fitting(source.load(new SparkRowReader(spark))) : images;
  }

  private DataSet fitting(DataSet data) {
    told.accept(data);
    experiment.requireFits(data, phases);
    heap.requireHolds(experiment, data);
    return data;
  }
}
