package dev.sieve.data.table;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where rows are read from.
 *
 * @param kind how {@code place} is to be taken
 * @param place a path or address, a table's name, or a query
 * @param format of files; {@code auto} goes by the path's ending
 * @param options of the format, by name
 */
public record TableOrigin(Kind kind, String place, String format, Map<String, String> options) {
  /** What an origin is. */
  public enum Kind {
    PATH,
    NAME,
    SQL
  }

  public TableOrigin {
    options = Map.copyOf(new TreeMap<>(options));
  }

  /** For people. */
  public String text() {
    return switch (kind) {
      case PATH -> place;
      case NAME -> "table " + place;
      case SQL -> "the query of data.table.sql";
    };
  }
}
