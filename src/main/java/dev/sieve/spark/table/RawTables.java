package dev.sieve.spark.table;

import java.util.List;

/** The raw tables. */
public final class RawTables {
  public static final List<Table<?>> ALL =
      List.of(TrialTable.TABLE, EpochTable.TABLE, StudyTable.TABLE);

  private RawTables() {}

  public static Table<?> named(String name) {
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table of Sieve is called " + name));
  }
}
