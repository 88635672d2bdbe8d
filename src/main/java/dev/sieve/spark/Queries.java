package dev.sieve.spark;

import dev.sieve.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Reads the result tables, and nothing else. */
public final class Queries {
  private Queries() {}

  /**
   * Runs one statement that only reads Sieve's tables.
   *
   * @throws dev.sieve.error.UserException if it does not parse, writes, or reads anything else
   */
  public static Dataset<Row> run(SparkSession spark, String sql) {
    try {
      LogicalPlan plan =
          ((org.apache.spark.sql.classic.SparkSession) spark)
              .sessionState()
              .sqlParser()
              .parsePlan(sql);
      new ReadOnly().check(plan);
      return spark.sql(sql);
    } catch (ParseException e) {
      throw mistake("a statement must be Spark SQL", e);
    } catch (AnalysisException e) {
      throw mistake("a statement must fit the tables (DESCRIBE trials shows their columns)", e);
    }
  }

  /**
   * The rows of a statement.
   *
   * @throws dev.sieve.error.UserException if Spark refuses it while it runs, for a division by zero
   *     for example
   */
  public static List<Row> rows(Dataset<Row> result) {
    try {
      return result.collectAsList();
    } catch (RuntimeException e) {
      if (e instanceof SparkThrowable) {
        throw mistake("a statement must run", e);
      }
      throw e;
    }
  }

  /** Spark's message without the plan and the statement that it appends. */
  private static UserException mistake(String rule, Throwable e) {
    List<String> lines = new ArrayList<>();
    for (String line : String.valueOf(e.getMessage()).split("\\R")) {
      if (line.startsWith("== SQL") || line.startsWith("'") || line.startsWith("+-")) {
        break;
      }
      lines.add(line.replaceFirst(";$", ""));
    }
    return new UserException(rule + ", but Spark says: " + String.join(" ", lines).strip(), e);
  }
}
