package dev.sieve.spark.table;

/** Values as Spark SQL has them. */
public final class SqlText {
  private SqlText() {}

  /** A string as Spark's parser reads it by default, after it has put variables in. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
  }
}
