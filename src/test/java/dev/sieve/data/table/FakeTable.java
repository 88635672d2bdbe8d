package dev.sieve.data.table;

import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table in memory, whose rows come in any order. */
final class FakeTable implements RowReader {
  static final TableOrigin ORIGIN =
      new TableOrigin(TableOrigin.Kind.NAME, "people", "auto", Map.of());

  /** Rows of {@link #customers}. */
  static final int CUSTOMERS = 200;

  /** Values by column, in the table's order. */
  private final Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private int[] order = {};

  /** Numbers with nulls, texts, and a label that follows from both. */
  static FakeTable customers() {
    Draws draws = new Draws(5);
    Double[] age = new Double[CUSTOMERS];
    String[] plan = new String[CUSTOMERS];
    String[] label = new String[CUSTOMERS];
    double[] height = new double[CUSTOMERS];
    for (int i = 0; i < CUSTOMERS; i++) {
      age[i] = i % 10 == 0 ? null : (double) draws.nextInt(80);
      plan[i] = List.of("gold", "silver", "tin", "tin", "tin", "lead").get(draws.nextInt(6));
      height[i] = 150 + draws.nextInt(5000) / 100.0;
      label[i] = (age[i] != null && age[i] > 40) ^ plan[i].equals("tin") ? "yes" : "no";
    }
    return new FakeTable()
        .column("age", Kind.NUMBER, (Object[]) age)
        .texts("plan", plan)
        .numbers("height", height)
        .texts("churned", label);
  }

  static FakeTable small() {
    return new FakeTable()
        .numbers("customer_age", 1, 2, 3, 4, 5, 6)
        .texts("plan", "a", "b", "a", "b", "a", "b")
        .texts("y", "0", "1", "0", "1", "0", "1");
  }

  /**
   * @param values {@code Double}, {@code String}, {@code double[]} or null, as {@code kind} says
   */
  FakeTable column(String name, Kind kind, @Nullable Object... values) {
    columns.put(name, Arrays.asList(values));
    kinds.put(name, kind);
    order = new int[values.length];
    Arrays.setAll(order, i -> i);
    return this;
  }

  FakeTable numbers(String name, double... values) {
    return column(name, Kind.NUMBER, Arrays.stream(values).boxed().toArray());
  }

  FakeTable texts(String name, @Nullable String... values) {
    return column(name, Kind.TEXT, (Object[]) values);
  }

  /** The same rows in another order. */
  FakeTable shuffled(long seed) {
    FakeTable other = new FakeTable();
    other.columns.putAll(columns);
    other.kinds.putAll(kinds);
    other.order = new Draws(seed).permutation(order.length);
    return other;
  }

  /** The same columns in another order. */
  FakeTable reversed() {
    FakeTable other = new FakeTable();
    List<String> names = new ArrayList<>(columns.keySet());
    java.util.Collections.reverse(names);
    for (String name : names) {
      other.columns.put(name, columns.get(name));
      other.kinds.put(name, kinds.get(name));
    }
    other.order = order;
    return other;
  }

  @Override
  public OpenTable open(TableOrigin origin) {
    return new OpenTable() {
      @Override
      public List<ColumnInfo> columns() {
        return kinds.entrySet().stream()
            .map(e -> new ColumnInfo(e.getKey(), e.getValue(), "a " + e.getValue()))
            .toList();
      }

      @Override
      public List<RawColumn> read(List<ColumnInfo> chosen) {
        return chosen.stream().map(FakeTable.this::read).toList();
      }
    };
  }

  private RawColumn read(ColumnInfo info) {
    List<@Nullable Object> all = columns.getOrDefault(info.name(), List.of());
    List<@Nullable Object> values = new ArrayList<>();
    for (int row : order) {
      values.add(all.get(row));
    }
    return switch (info.kind()) {
      case NUMBER -> {
        double[] numbers = new double[values.size()];
        boolean[] missing = new boolean[values.size()];
        for (int i = 0; i < numbers.length; i++) {
          missing[i] = values.get(i) == null;
          numbers[i] = values.get(i) instanceof Double number ? number : 0;
        }
        yield new RawColumn.Numbers(info.name(), numbers, missing);
      }
      case VECTOR -> {
        int width = ((double[]) java.util.Objects.requireNonNull(values.get(0))).length;
        double[] flat =
            values.stream()
                .flatMapToDouble(v -> Arrays.stream((double[]) java.util.Objects.requireNonNull(v)))
                .toArray();
        yield new RawColumn.Vectors(info.name(), width, flat);
      }
      default -> {
        List<@Nullable String> texts = new ArrayList<>();
        values.forEach(v -> texts.add(v == null ? null : v.toString()));
        yield new RawColumn.Words(info.name(), texts);
      }
    };
  }
}
