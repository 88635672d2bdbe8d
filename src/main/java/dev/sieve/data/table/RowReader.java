package dev.sieve.data.table;

import java.util.List;

/** Reads rows, in whatever order they come. */
public interface RowReader {
  /**
   * Looks at a table without reading its rows.
   *
   * @throws dev.sieve.error.UserException if it is not there or cannot be read
   */
  OpenTable open(TableOrigin origin);

  /** A table that is there. */
  interface OpenTable {
    /** In the table's own order. */
    List<ColumnInfo> columns();

    /**
     * All rows of some columns, in the order of {@code columns}; row i of each is one row.
     *
     * @throws dev.sieve.error.UserException if there are more than memory holds, or a value cannot
     *     be read
     */
    List<RawColumn> read(List<ColumnInfo> columns);
  }
}
