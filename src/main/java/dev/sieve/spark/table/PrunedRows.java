package dev.sieve.spark.table;

import dev.sieve.trial.Status;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that are in the table, written once more as those of stopped trials. */
public final class PrunedRows {
  private PrunedRows() {}

  /** The table of trials, filled from its own rows: equal but for status and commit. */
  public static Table<Row> table(long commit) {
    List<Column<Row>> columns = new ArrayList<>();
    for (Column<TrialRowSource> column : TrialTable.TABLE.columns()) {
      String name = column.name();
      columns.add(
          new Column<>(
              name,
              column.type(),
              column.comment(),
              row ->
                  switch (name) {
                    case "status" -> Status.PRUNED.label();
                    case "run_commit" -> commit;
                    default -> plain(row.getAs(name));
                  }));
    }
    return new Table<>(
        TrialTable.TABLE.name(), TrialTable.TABLE.comment(), TrialTable.TABLE.key(), columns);
  }

  /** A value of Spark's as a column writes it. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return CollectionConverters.asJava(map);
    }
    if (value instanceof scala.collection.Seq<?> items) {
      List<@Nullable Object> plain = new ArrayList<>();
      CollectionConverters.asJava(items).forEach(item -> plain.add(plain(item)));
      return plain;
    }
    return value;
  }
}
