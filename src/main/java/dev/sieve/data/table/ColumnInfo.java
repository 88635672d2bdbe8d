package dev.sieve.data.table;

/**
 * A column as its table declares it.
 *
 * @param type as the table calls it, for people
 */
public record ColumnInfo(String name, Kind kind, String type) {
  /** What a column holds. */
  public enum Kind {
    NUMBER,
    /** Texts, and true and false. */
    TEXT,
    /** Numbers, equally many in every row. */
    VECTOR,
    /** Dates and times. */
    TIME,
    OTHER
  }
}
