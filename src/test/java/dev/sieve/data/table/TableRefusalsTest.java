package dev.sieve.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.error.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that cannot be used, and what a user is told of them. */
class TableRefusalsTest {
  private record Wrong(String why, TableSource source, FakeTable table, List<String> says) {
    @Override
    public String toString() {
      return why;
    }
  }

  private static TableSource with(
      List<String> features, List<String> drop, List<String> categorical) {
    return new TableSource(
        FakeTable.ORIGIN, null, 0.2, "y", features, drop, categorical, false, 64);
  }

  private static List<Wrong> wrong() {
    TableSource plain = with(List.of(), List.of(), List.of());
    return List.of(
        new Wrong(
            "no such label",
            new TableSource(
                FakeTable.ORIGIN, null, 0.2, "chruned", List.of(), List.of(), List.of(), false, 3),
            FakeTable.customers(),
            List.of(
                "data.table.label must name columns of table people, but it has no chruned",
                "did you mean churned?")),
        new Wrong(
            "no such feature",
            with(List.of("customer_aeg"), List.of(), List.of()),
            FakeTable.small(),
            List.of("data.features must name", "did you mean customer_age?")),
        new Wrong(
            "no such column to drop",
            with(List.of(), List.of("elephant"), List.of()),
            FakeTable.small(),
            List.of("data.drop must name", "known here: customer_age, plan, y")),
        new Wrong(
            "a label among the features",
            with(List.of("y", "plan"), List.of(), List.of()),
            FakeTable.small(),
            List.of("the label must not be a feature")),
        new Wrong(
            "nothing left",
            with(List.of(), List.of("customer_age", "plan"), List.of()),
            FakeTable.small(),
            List.of("must have a column beside the label")),
        new Wrong(
            "one class",
            plain,
            FakeTable.small().texts("y", "1", "1", "1", "1", "1", "1"),
            List.of("two classes at least, but y is 1 in every row")),
        new Wrong(
            "a label that is null",
            plain,
            FakeTable.small().texts("y", "1", null, "0", "1", null, "1"),
            List.of("y is null in 2 of 6 rows", "WHERE y IS NOT NULL")),
        new Wrong(
            "regression",
            plain,
            FakeTable.small().numbers("y", 1, 2, 3, 4.5, 5, 6),
            List.of("whole ones, each a class, but y has 4.5: regression is not there yet")),
        new Wrong(
            "NaN",
            plain,
            FakeTable.small().numbers("customer_age", 1, 2, Double.NaN, 4, 5, 6),
            List.of("customer_age is NaN in 1 of 6 rows", "nanvl(customer_age, NULL)")),
        new Wrong(
            "infinity",
            plain,
            FakeTable.small().numbers("customer_age", 1, 2, Double.NEGATIVE_INFINITY, 4, 5, 6),
            List.of("customer_age is infinite, or beyond 1e300, in 1 of 6 rows")),
        new Wrong(
            "a number that squares to infinity",
            plain,
            FakeTable.small().numbers("customer_age", 1, 2, 1e301, 4, 5, 6),
            List.of("beyond 1e300, in 1 of 6 rows")),
        new Wrong(
            "labels that doubles do not hold",
            plain,
            FakeTable.small().numbers("y", 1, 2, 1, 2, 1, 9007199254740993.0),
            List.of("must be below 2^53", "but y has 9.007199254740992E15", "CAST(y AS string)")),
        new Wrong(
            "categories that doubles do not hold",
            with(List.of(), List.of(), List.of("customer_age")),
            FakeTable.small().numbers("customer_age", 1, 2, 1, 2, 1, -1e16),
            List.of("must be below 2^53", "but customer_age has -1.0E16")),
        new Wrong(
            "a separator that is not said",
            plain,
            new FakeTable().texts("a;y", "1;x", "2;y"),
            List.of("its only column is 'a;y': set data.table.options { sep = \";\" }")),
        new Wrong(
            "an empty file",
            plain,
            new FakeTable(),
            List.of("it has no columns at all: check that the file is not empty")),
        new Wrong(
            "a word among numbers",
            plain,
            FakeTable.small().texts("customer_age", "1", "2", "n/a", "4", "5e3", "-6.5"),
            List.of("customer_age has numbers in 5 rows and other texts in 1, such as 'n/a' in 1")),
        new Wrong(
            "a date",
            plain,
            FakeTable.small().column("since", Kind.TIME, "a", "b", "c", "d", "e", "f"),
            List.of("since is a a TIME: leave it out with data.drop = [\"since\"]", "year(since)")),
        new Wrong(
            "a structure",
            plain,
            FakeTable.small().column("where", Kind.OTHER, "a", "b", "c", "d", "e", "f"),
            List.of("where is of type a OTHER")),
        new Wrong(
            "no rows",
            plain,
            new FakeTable().numbers("x").texts("y"),
            List.of("a table must have rows, but table people has none")),
        new Wrong(
            "a label of arrays",
            plain,
            FakeTable.small()
                .column(
                    "y",
                    Kind.VECTOR,
                    new double[1],
                    new double[1],
                    new double[1],
                    new double[1],
                    new double[1],
                    new double[1]),
            List.of("but y is an array")),
        new Wrong(
            "too few rows for a test set",
            plain,
            new FakeTable().numbers("x", 1, 2, 3).texts("y", "a", "b", "a"),
            List.of(
                "data.test must leave rows to test on and rows to train on, but 0.2 of 3 rows are 0")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeUsedIsRefused(Wrong wrong) {
    assertThatThrownBy(() -> wrong.source().load(wrong.table()))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(wrong.says()));
  }

  static TableSource twoTables() {
    return new TableSource(
        FakeTable.ORIGIN,
        new TableOrigin(TableOrigin.Kind.NAME, "tests", "auto", Map.of()),
        0,
        "y",
        List.of(),
        List.of(),
        List.of(),
        false,
        64);
  }

  static RowReader both(FakeTable first, FakeTable second) {
    return origin -> (origin.equals(FakeTable.ORIGIN) ? first : second).open(origin);
  }

  @Test
  void aSecondTableMustBeLikeTheFirst() {
    FakeTable other = new FakeTable().texts("plan", "a", "b").texts("y", "0", "1");
    assertThatThrownBy(() -> twoTables().load(both(FakeTable.small(), other)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "customer_age is a number in table people and missing in table tests");
    FakeTable texts = other.texts("customer_age", "x", "y");
    assertThatThrownBy(() -> twoTables().load(both(FakeTable.small(), texts)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("customer_age is a number in table people and a text in table tests");
    FakeTable more = FakeTable.small().numbers("more", 1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> twoTables().load(both(FakeTable.small(), more)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more is missing in table people and a number in table tests");
    FakeTable one = FakeTable.small().texts("y", "1", "1", "1", "1", "1", "1");
    assertThatThrownBy(() -> twoTables().load(both(one, FakeTable.small())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two classes at least, but y is 1 in every row of table people");
  }
}
