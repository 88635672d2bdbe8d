package dev.sieve.spark.sql;

import dev.sieve.error.ErrorText;
import dev.sieve.error.UserException;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Reads the result tables, and nothing else. */
public final class Queries {
  /** Spark's conditions where a file cannot be read. */
  private static final String READING = "FAILED_READ_FILE";

  private Queries() {}

  /**
   * Runs one statement that only reads Sieve's tables.
   *
   * @throws dev.sieve.error.UserException if it does not parse, writes, or reads anything else
   */
  public static Dataset<Row> run(SparkSession spark, String sql) {
    return translated(
        () -> {
          LogicalPlan statement = parse(spark, sql);
          String problem = ReadOnlyCheck.problem(parser(spark), sql, statement);
          if (problem != null) {
            throw new UserException(
                "a query must only read Sieve's tables, but %s: use SELECT, SHOW TABLES, DESCRIBE or EXPLAIN of a SELECT, over %s; for anything else open the results in a Spark session of your own"
                    .formatted(problem, String.join(", ", TableStatements.NAMES)));
          }
          if (statement.getClass().getSimpleName().equals("ShowViews")) {
            // Makes all names known, which SHOW VIEWS does not; see SieveCatalog.
            spark.sql("SHOW TABLES IN spark_catalog.default").count();
          }
          // What was checked is what runs: the text is not read again.
          return org.apache.spark.sql.classic.Dataset.ofRows(
              (org.apache.spark.sql.classic.SparkSession) spark, statement);
        });
  }

  /**
   * A query's rows.
   *
   * @throws dev.sieve.error.UserException if {@link #run} does, or a row cannot be computed: a
   *     division by zero, a text that is no number
   */
  public static List<Row> rows(SparkSession spark, String sql) {
    try {
      return rows(run(spark, sql));
    } catch (RuntimeException e) {
      if (!fileGone(e)) {
        throw e;
      }
      // A compaction removed files between the listing and the reading; their rows are in another.
      return rows(run(spark, sql));
    }
  }

  private static boolean fileGone(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException
          || String.valueOf(cause.getMessage()).contains("FILE_NOT_EXIST")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The rows of what {@link #run} gave, or of columns made from it; fails as {@link
   * #rows(SparkSession, String)} does.
   */
  public static List<Row> rows(Dataset<Row> query) {
    return translated(query::collectAsList);
  }

  /**
   * Gives a query's rows one after the other; fails as {@link #rows(SparkSession, String)} does.
   */
  public static void each(Dataset<Row> query, Consumer<Row> taker) {
    translated(
        () -> {
          query.toLocalIterator().forEachRemaining(taker);
          return true;
        });
  }

  private static LogicalPlan parse(SparkSession spark, String sql) throws Exception {
    // Or ${env:HOME} would be answered.
    spark.conf().set("spark.sql.variable.substitute", "false");
    return parser(spark).parsePlan(sql);
  }

  private static ParserInterface parser(SparkSession spark) {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().sqlParser();
  }

  /** A step that may throw what Spark declares to nobody in Java. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws Exception;
  }

  private static <T> T translated(Step<T> step) {
    try {
      return step.take();
    } catch (UserException e) {
      throw e;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      throw translated(e);
    }
  }

  /** Whatever stops a statement is about it, but for the faults that Spark calls its own. */
  private static RuntimeException translated(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return new UserException(
            "a query must fit into the memory that Spark has, but a row or the answer does not (%s): ask for less, or give more with --driver-memory"
                .formatted(cause.getMessage()),
            e);
      }
      if (cause instanceof StackOverflowError) {
        return new UserException(
            "a query must be valid Spark SQL, but it nests more deeply than Spark can read: nest less",
            e);
      }
      if (fileGone(cause)) {
        return new UserException(
            "files of the results must be there for whoever reads them, but one is gone (%s): a compaction may have put it together with others, then give the same command again; on a cluster results.dir must be a folder that all executors see"
                .formatted(ErrorText.firstLines(cause)),
            e);
      }
      if (cause instanceof SparkThrowable known
          && String.valueOf(known.getCondition()).startsWith(READING)) {
        return new UserException(
            "a file of the results must be readable, but Spark says: %s; make it so, or move it out of the results and run the study's command again"
                .formatted(ErrorText.firstLines(cause)),
            e);
      }
      if (cause instanceof AnalysisException || ofTheStatement(cause)) {
        return new UserException(
            "a query must be valid Spark SQL, but Spark says: " + ErrorText.firstLines(cause), e);
      }
    }
    String failure = QueryFailure.of(e);
    if (failure != null) {
      return new UserException(
          "a query must be one that can be computed, but computing it failed: %s; ask for less, or for something else"
              .formatted(failure),
          e);
    }
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  /** Whether Spark says that the statement is to blame: it has a condition and an SQL state. */
  private static boolean ofTheStatement(Throwable cause) {
    return cause instanceof SparkThrowable known
        && known.getSqlState() != null
        && !known.getSqlState().startsWith("XX");
  }
}
