package dev.sieve.spark.sql;

import static dev.sieve.spark.table.SqlText.literal;

import dev.sieve.spark.table.RawTables;
import dev.sieve.spark.table.Table;
import dev.sieve.spark.table.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that make Sieve's tables and views known to a Spark SQL catalog. */
public final class TableStatements {
  /** Property of every table and view of ours; see {@link #owner}. */
  public static final String OWNER = "sieve.results";

  /**
   * Spark's own listing reads folders in folders, and no name as a pattern; nothing is skipped
   * without a word, whatever the session says.
   */
  private static final String OPTIONS =
      "'%s' '%s', '%s' 'true', recursiveFileLookup 'true', `__globPaths__` 'false',"
          + " ignoreCorruptFiles 'false', ignoreMissingFiles 'false'";

  /** Names of all tables and views. */
  public static final List<String> NAMES =
      Stream.concat(
              RawTables.ALL.stream().map(Table::name), Views.ALL.stream().map(Views.View::name))
          .toList();

  private TableStatements() {}

  public static boolean isTable(String name) {
    return RawTables.ALL.stream().anyMatch(table -> table.name().equals(name));
  }

  /**
   * What to run, in order, for a metastore that sessions without Sieve's jar use too: plain
   * Parquet, whose pages are verified.
   *
   * @param dir the results, absolute
   */
  public static List<String> statements(String dir) {
    return NAMES.stream().map(name -> create(name, dir, "parquet")).toList();
  }

  /**
   * What {@value #OWNER} says: the results of a table; a view reads the tables, wherever they are.
   */
  static String owner(String name, String dir) {
    return isTable(name) ? dir : "any";
  }

  /** For this session's catalog. */
  static String create(String name, String dir) {
    return create(name, dir, ResultTable.class.getName());
  }

  private static String create(String name, String dir, String provider) {
    if (isTable(name)) {
      return table(RawTables.named(name), dir, provider);
    }
    for (Views.View view : Views.ALL) {
      if (view.name().equals(name)) {
        return view(view);
      }
    }
    throw new IllegalArgumentException("no table or view of Sieve is called " + name);
  }

  /** The names and before them the raw tables that a view of theirs reads. */
  static List<String> withSources(List<String> names) {
    List<String> all = new ArrayList<>();
    RawTables.ALL.stream()
        .map(Table::name)
        .filter(table -> names.stream().anyMatch(name -> reads(name, table)))
        .forEach(all::add);
    names.stream().filter(name -> !all.contains(name)).forEach(all::add);
    return all;
  }

  private static boolean reads(String name, String table) {
    return name.equals(table)
        || Views.ALL.stream()
            .anyMatch(view -> view.name().equals(name) && view.query().contains("." + table));
  }

  public static String drop(String name) {
    return "DROP %s IF EXISTS spark_catalog.default.%s"
        .formatted(isTable(name) ? "TABLE" : "VIEW", name);
  }

  private static String table(Table<?> table, String dir, String provider) {
    String columns =
        table.columns().stream()
            .map(c -> "%s %s COMMENT %s".formatted(c.name(), c.type().sql(), literal(c.comment())))
            .collect(Collectors.joining(",\n  "));
    return """
        CREATE TABLE spark_catalog.default.%s (
          %s)
        USING %s OPTIONS (%s)
        LOCATION %s COMMENT %s TBLPROPERTIES ('%s' = %s)"""
        .formatted(
            table.name(),
            columns,
            provider,
            OPTIONS.formatted(ResultTable.TABLE, table.name(), ResultTable.VERIFY),
            literal(dir + "/" + table.name()),
            literal(table.comment()),
            OWNER,
            literal(dir));
  }

  private static String view(Views.View view) {
    String columns =
        view.columns().stream()
            .map(c -> "%s COMMENT %s".formatted(c.name(), literal(c.comment())))
            .collect(Collectors.joining(",\n  "));
    return "CREATE VIEW spark_catalog.default.%s (\n  %s)\nCOMMENT %s TBLPROPERTIES ('%s' = %s) AS\n%s"
        .formatted(
            view.name(),
            columns,
            literal(view.comment()),
            OWNER,
            literal(owner(view.name(), "")),
            view.query());
  }
}
