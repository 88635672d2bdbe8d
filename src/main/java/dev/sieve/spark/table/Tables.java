package dev.sieve.spark;

import java.util.List;

/** The raw tables. */
final class Tables {
  static final List<Table<?>> ALL = List.of(TrialTable.TABLE, EpochTable.TABLE, StudyTable.TABLE);

  private Tables() {}

  static Table<?> named(String name) {
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table of Sieve is called " + name));
  }
}
