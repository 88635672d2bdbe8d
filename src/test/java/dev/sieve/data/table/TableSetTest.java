package dev.sieve.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sieve.data.DataSelection;
import dev.sieve.data.DataSelection.Order;
import dev.sieve.data.DataSelection.Standardisation;
import dev.sieve.data.ExampleView;
import dev.sieve.data.InputColumns;
import dev.sieve.data.PreparedData;
import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.error.UserException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableSetTest {
  private static final int ROWS = FakeTable.CUSTOMERS;

  private static TableSource source(String label) {
    return new TableSource(
        FakeTable.ORIGIN, null, 0.2, label, List.of(), List.of(), List.of(), false, 3);
  }

  private static DataSelection selection(Standardisation kind) {
    return new DataSelection(120, 40, Order.SEEDED, false, kind);
  }

  private static double[][] rows(ExampleView view) {
    return Arrays.stream(view.indices())
        .mapToObj(
            row ->
                IntStream.range(0, view.examples().inputs())
                    .mapToDouble(j -> view.examples().value(row, j))
                    .toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfRowsAndColumnsChangesNothing(long seed) {
    TableSet first = source("churned").load(FakeTable.customers());
    TableSet other = source("churned").load(FakeTable.customers().shuffled(seed).reversed());
    assertThat(other.fingerprint()).isEqualTo(first.fingerprint());
    PreparedData a = first.prepare(selection(Standardisation.PER_INPUT), 7);
    PreparedData b = other.prepare(selection(Standardisation.PER_INPUT), 7);
    assertThat(rows(b.train())).isDeepEqualTo(rows(a.train()));
    assertThat(rows(b.validation())).isDeepEqualTo(rows(a.validation()));
    assertThat(rows(b.test())).isDeepEqualTo(rows(a.test()));
    assertThat(b.test().examples().labels()).isEqualTo(a.test().examples().labels());
  }

  @Test
  void testRowsAreTheSameForEverySeedAndNoOthers() {
    TableSet set = source("churned").load(FakeTable.customers());
    PreparedData a = set.prepare(selection(Standardisation.PER_INPUT), 1);
    PreparedData b = set.prepare(selection(Standardisation.PER_INPUT), 2);
    assertThat(b.test().indices()).isEqualTo(a.test().indices()).hasSize(40);
    assertThat(b.train().indices()).isNotEqualTo(a.train().indices());
    Set<Integer> all = new HashSet<>();
    for (ExampleView view : List.of(a.train(), a.validation(), a.test())) {
      Arrays.stream(view.indices()).forEach(row -> assertThat(all.add(row)).isTrue());
    }
    assertThat(all).hasSize(ROWS);
  }

  @Test
  void withoutAShareEveryRowIsThereToTrainOn() {
    TableSource none =
        new TableSource(
            FakeTable.ORIGIN, null, 0, "churned", List.of(), List.of(), List.of(), false, 3);
    TableSet set = none.load(FakeTable.customers());
    assertThat(set.training()).isEqualTo(ROWS);
    assertThat(set.test()).isZero();
    assertThat(set.prepare(selection(Standardisation.NONE), 1).test().count()).isZero();
  }

  @Test
  void everyChangeOfAValueChangesTheFingerprint() {
    String before = source("churned").load(FakeTable.customers()).fingerprint();
    FakeTable doubled =
        new FakeTable()
            .numbers("a", 0, 1, 1, 2, 3, 4, 5, 6, 7, 8)
            .texts("churned", "x", "y", "y", "x", "y", "x", "y", "x", "y", "x");
    FakeTable once =
        new FakeTable()
            .numbers("a", -0.0, 1, 1, 2, 3, 4, 5, 6, 7, 8)
            .texts("churned", "x", "y", "y", "x", "y", "x", "y", "x", "y", "x");
    FakeTable moved =
        new FakeTable()
            .numbers("a", 0, 1, 1.0000001, 2, 3, 4, 5, 6, 7, 8)
            .texts("churned", "x", "y", "y", "x", "y", "x", "y", "x", "y", "x");
    TableSource source = source("churned");
    assertThat(source.load(once).fingerprint()).isEqualTo(source.load(doubled).fingerprint());
    assertThat(source.load(doubled).training() + source.load(doubled).test()).isEqualTo(10);
    assertThat(Set.of(before, source.load(doubled).fingerprint(), source.load(moved).fingerprint()))
        .hasSize(3);
  }

  @Test
  void partsSayWhatChanged() {
    TableSource source = source("churned");
    SortedMap<String, String> before = source.load(FakeTable.customers()).parts();
    assertThat(before)
        .containsOnlyKeys("rows", "column.age", "column.plan", "column.height")
        .containsEntry("rows", "160 + 40");
    assertThat(before.get("column.plan")).matches("words, values [0-9a-f]{8}");
    assertThat(source.load(FakeTable.customers().shuffled(3).reversed()).parts()).isEqualTo(before);

    double[] height = new double[ROWS];
    Arrays.fill(height, 7);
    SortedMap<String, String> after =
        source.load(FakeTable.customers().numbers("height", height)).parts();
    assertThat(after.get("column.height")).isNotEqualTo(before.get("column.height"));
    after.put("column.height", Objects.requireNonNull(before.get("column.height")));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void columnsBecomeInputsFittedOnTrainingRowsAlone() {
    TableSet set = source("churned").load(FakeTable.customers());
    PreparedData data = set.prepare(selection(Standardisation.PER_INPUT), 3);
    InputColumns columns = Objects.requireNonNull(data.columns());
    // Columns by their names; of four plans the three most frequent have an input of their own.
    assertThat(columns.names()).startsWith("age", "age is null", "height").hasSize(7);
    assertThat(columns.names().subList(3, 7)).contains("plan = tin").endsWith("plan: others");
    assertThat(set.inputs(selection(Standardisation.PER_INPUT), 3)).isEqualTo(7);
    double[][] train = rows(data.train());
    for (int input : new int[] {0, 2}) {
      double mean = Arrays.stream(train).mapToDouble(row -> row[input]).average().orElseThrow();
      double square =
          Arrays.stream(train).mapToDouble(row -> row[input] * row[input]).average().orElseThrow();
      assertThat(mean).isCloseTo(0, within(1e-6));
      double known = Arrays.stream(train).filter(row -> row[1] == 0 || input == 2).count();
      assertThat(square).isCloseTo(known / train.length, within(1e-5));
    }
    for (double[] row : train) {
      assertThat(row[3] + row[4] + row[5] + row[6]).isEqualTo(1);
      assertThat(row[1] == 0 || row[0] == 0).isTrue();
    }
    assertThat(rows(data.validation())).hasDimensions(40, 7);
    assertThat(data.standardiser().scale()).containsOnly(1);
  }

  @Test
  void whatNoTrainingRowHasIsNoCategory() {
    String[] plans = new String[ROWS];
    Arrays.setAll(plans, i -> "plan " + i % 2);
    String[] labels = new String[ROWS];
    Arrays.setAll(labels, i -> i % 3 == 0 ? "a" : "b");
    FakeTable first = new FakeTable().texts("plan", plans).texts("label", labels);
    TableSource all = source("label");
    TableSource two =
        new TableSource(
            FakeTable.ORIGIN,
            FakeTable.ORIGIN,
            0,
            "label",
            List.of(),
            List.of(),
            List.of(),
            false,
            3);
    assertThat(all.load(first).inputs(selection(Standardisation.NONE), 1)).isEqualTo(2);
    FakeTable second =
        new FakeTable().texts("plan", "plan 1", "new", null).texts("label", "a", "b", "b");
    RowReader reader =
        new RowReader() {
          private int opened;

          @Override
          public OpenTable open(TableOrigin origin) {
            return (opened++ == 0 ? first : second).open(origin);
          }
        };
    PreparedData data = two.load(reader).prepare(selection(Standardisation.NONE), 1);
    // In the order of the values: null, "new", "plan 1".
    assertThat(rows(data.test())).isDeepEqualTo(new double[][] {{0, 0}, {0, 0}, {0, 1}});
  }

  @Test
  void robustStandardisationIsMedianQuartilesAndASmoothClip() {
    double[] values = new double[100];
    Arrays.setAll(values, i -> i < 99 ? i : 1e9);
    String[] labels = new String[100];
    Arrays.setAll(labels, i -> i % 2 == 0 ? "a" : "b");
    RawColumn.Numbers column = new RawColumn.Numbers("x", values, new boolean[100]);
    int[] all = IntStream.range(0, 100).toArray();
    Encoding encoding = Encoding.fit(List.of(column), all, Standardisation.ROBUST, 3);
    float[] encoded = encoding.encode(100);
    double z = (10 - 49.5) / 49.5;
    assertThat(encoded[10]).isCloseTo((float) (z / Math.sqrt(1 + z * z / 9)), within(1e-6f));
    assertThat(encoded[99]).isCloseTo(3f, within(1e-4f)).isLessThanOrEqualTo(3f);
  }

  @Test
  void anArrayIsItsElementsAndNumbersMayBeCategories() {
    Object[] vectors = new Object[ROWS];
    double[] codes = new double[ROWS];
    String[] labels = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      vectors[i] = new double[] {i, -i, 5};
      codes[i] = i % 2 == 0 ? 10 : 2;
      labels[i] = i % 3 == 0 ? "a" : "b";
    }
    FakeTable table =
        new FakeTable()
            .column("v", Kind.VECTOR, vectors)
            .numbers("zip", codes)
            .texts("label", labels);
    TableSource source =
        new TableSource(
            FakeTable.ORIGIN, null, 0.2, "label", List.of(), List.of(), List.of("zip"), false, 9);
    PreparedData data = source.load(table).prepare(selection(Standardisation.NONE), 1);
    // The third element never differs.
    assertThat(Objects.requireNonNull(data.columns()).names())
        .containsExactly("v[0]", "v[1]", "zip = 10", "zip = 2");
  }

  @Test
  void classesOfNumbersAreInTheirOrder() {
    double[] label = new double[20];
    Arrays.setAll(label, i -> i % 2 == 0 ? 10 : i % 4 == 1 ? 9 : -1);
    double[] x = new double[20];
    Arrays.setAll(x, i -> i);
    TableSet set = source("y").load(new FakeTable().numbers("x", x).numbers("y", label));
    assertThat(set.classNames()).containsExactly("-1", "9", "10");
    assertThat(set.classes()).isEqualTo(3);
    int[] counted = set.trainingPerClass();
    int[] tested = set.testPerClass();
    assertThat(IntStream.range(0, 3).map(i -> counted[i] + tested[i]).toArray())
        .containsExactly(5, 5, 10);
  }

  @Test
  void aReportWarnsOfRowsThatTrainAndTest() {
    FakeTable tests =
        new FakeTable()
            .numbers("customer_age", 1, 2, 30)
            .texts("plan", "a", "b", "c")
            .texts("y", "0", "1", "never");
    DataSelection four = new DataSelection(4, 2, Order.SEEDED, false, Standardisation.PER_INPUT);
    TableSet set =
        TableRefusalsTest.twoTables().load(TableRefusalsTest.both(FakeTable.small(), tests));
    int[] trained = set.prepare(four, 1).train().indices();
    long known = Arrays.stream(trained).filter(row -> row < 2).count();
    assertThat(set.report(four, 1).warnings())
        .contains("class never has no training row")
        .filteredOn(warning -> warning.contains("have the features of a training row"))
        .hasSize(known > 0 ? 1 : 0)
        .allMatch(warning -> warning.startsWith(known + " of 3 test rows"));
  }

  @Test
  void whatCannotBeEncodedIsFoundByTheReport() {
    double[] tiny = new double[ROWS];
    double[] large = new double[ROWS];
    Arrays.setAll(tiny, i -> i * 1e-320);
    Arrays.setAll(large, i -> i * 1e290);
    for (Standardisation kind : List.of(Standardisation.PER_INPUT, Standardisation.ROBUST)) {
      assertThatThrownBy(
              () ->
                  source("churned")
                      .load(FakeTable.customers().numbers("tiny", tiny))
                      .report(selection(kind), 1))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("those of tiny do not");
      assertThat(
              source("churned")
                  .load(FakeTable.customers().numbers("large", large))
                  .report(selection(kind), 1))
          .isNotNull();
    }
    assertThatThrownBy(
            () ->
                source("churned")
                    .load(FakeTable.customers().numbers("large", large))
                    .report(selection(Standardisation.NONE), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column large has one that is beyond it");
    assertThatThrownBy(
            () ->
                source("churned")
                    .load(FakeTable.customers().numbers("large", large))
                    .inputs(selection(Standardisation.NONE), 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column large has one that is beyond it");
  }

  @Test
  void namesMayHaveAnyLetters() {
    FakeTable table =
        new FakeTable()
            .numbers("a.b \"c\" `d`", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            .numbers("λ", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            .numbers("lambda", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            .texts("ラベル", "x", "y", "x", "y", "x", "y", "x", "y", "x", "y");
    DataSelection six = new DataSelection(6, 2, Order.SEEDED, false, Standardisation.PER_INPUT);
    PreparedData data = source("ラベル").load(table).prepare(six, 1);
    assertThat(Objects.requireNonNull(data.columns()).names())
        .containsExactly("a.b \"c\" `d`", "lambda", "λ");
  }

  @Test
  void aReportWarnsOfWhatIsHardlyMeant() {
    double[] id = new double[ROWS];
    Arrays.setAll(id, i -> i);
    double[] constant = new double[ROWS];
    FakeTable table = FakeTable.customers().numbers("id", id).numbers("constant", constant);
    String[] copy = new String[ROWS];
    TableSet without = source("churned").load(table);
    short[] labels = without.prepare(selection(Standardisation.NONE), 1).test().examples().labels();
    assertThat(labels).hasSize(ROWS);
    Arrays.setAll(copy, i -> "c" + i % 2);
    FakeTable copied =
        new FakeTable()
            .numbers("x", id)
            .texts("copy", copy)
            .texts(
                "y",
                Arrays.stream(copy).map(c -> c.equals("c0") ? "no" : "yes").toArray(String[]::new));
    TableReport report = without.report(selection(Standardisation.PER_INPUT), 1);
    assertThat(String.join("\n", report.warnings()))
        .contains("id has another value in every row")
        .contains("constant is the same in every training row, and is left out")
        .doesNotContain("height");
    assertThat(report.lines()).anyMatch(line -> line.startsWith("age") && line.contains("null"));
    assertThat(source("y").load(copied).report(selection(Standardisation.PER_INPUT), 1).warnings())
        .anyMatch(warning -> warning.startsWith("copy says the label by itself"));
  }
}
