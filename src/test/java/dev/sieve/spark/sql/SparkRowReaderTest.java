package dev.sieve.spark.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.data.table.ColumnInfo;
import dev.sieve.data.table.ColumnInfo.Kind;
import dev.sieve.data.table.RowReader;
import dev.sieve.data.table.TableOrigin;
import dev.sieve.data.table.TableSet;
import dev.sieve.data.table.TableSource;
import dev.sieve.error.UserException;
import dev.sieve.spark.SharedSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SparkRowReaderTest {
  @TempDir private static Path dir;

  private static final SparkSession SPARK = SharedSpark.session();
  private static final RowReader READER = new SparkRowReader(SPARK);

  @BeforeAll
  static void write() throws IOException {
    StringBuilder csv = new StringBuilder("age,plan,active,label\n");
    for (int i = 0; i < 120; i++) {
      csv.append(i % 7 == 0 ? "" : Integer.toString(i * 3 % 80)).append(',');
      csv.append(i % 5 == 0 ? "\"gold, plus\"" : i % 11 == 0 ? "" : "tin").append(',');
      csv.append(i % 2 == 0).append(',').append(i % 3 == 0 ? "yes" : "no").append('\n');
    }
    Files.writeString(dir.resolve("people.csv"), csv, UTF_8);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(dir.resolve("packed.csv.gz")))) {
      out.write(csv.toString().getBytes(UTF_8));
    }
    Dataset<Row> rows = csv();
    for (int parts : List.of(1, 50)) {
      rows.repartition(parts).write().parquet(dir.resolve("in" + parts + ".parquet").toString());
    }
    rows.write().orc(dir.resolve("people.orc").toString());
    rows.write().json(dir.resolve("people.json").toString());
    rows.createOrReplaceTempView("people");
  }

  private static Dataset<Row> csv() {
    return SPARK
        .read()
        .option("header", "true")
        .option("inferSchema", "true")
        .csv(dir.resolve("people.csv").toString());
  }

  private static TableOrigin path(String name) {
    return new TableOrigin(TableOrigin.Kind.PATH, dir.resolve(name).toString(), "auto", Map.of());
  }

  private static TableOrigin sql(String query) {
    return new TableOrigin(TableOrigin.Kind.SQL, query, "auto", Map.of());
  }

  private static TableSet load(TableOrigin origin) {
    return new TableSource(origin, null, 0.2, "label", List.of(), List.of(), List.of(), false, 64)
        .load(READER);
  }

  @Test
  void whateverTheFilesAndTheirPartitionsTheDataAreTheSame() {
    String expected = load(path("people.csv")).fingerprint();
    for (String file :
        List.of("packed.csv.gz", "in1.parquet", "in50.parquet", "people.orc", "people.json")) {
      assertThat(load(path(file)).fingerprint()).as(file).isEqualTo(expected);
    }
    assertThat(
            load(new TableOrigin(TableOrigin.Kind.NAME, "people", "auto", Map.of())).fingerprint())
        .isEqualTo(expected);
    assertThat(load(sql("SELECT label, plan, active, age FROM people -- all\n ; ")).fingerprint())
        .isEqualTo(expected);
    assertThat(load(sql("SELECT * FROM people WHERE age > 3")).fingerprint())
        .isNotEqualTo(expected);
  }

  @Test
  void columnsAreNamedByWhatTheyHold() {
    RowReader.OpenTable table =
        READER.open(
            sql(
                "SELECT 1 AS a, 2.5D AS b, CAST(1.5 AS decimal(9, 2)) AS c, 'x' AS d, true AS e,"
                    + " array(1, 2) AS f, array('x') AS g, date'2020-01-01' AS h,"
                    + " timestamp'2020-01-01 00:00:00' AS i, named_struct('x', 1) AS j,"
                    + " CAST('x' AS binary) AS k, interval 1 day AS l, CAST(7 AS tinyint) AS `m.n \"o\"`"));
    assertThat(table.columns().stream().map(ColumnInfo::kind))
        .containsExactly(
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.TEXT,
            Kind.TEXT,
            Kind.VECTOR,
            Kind.OTHER,
            Kind.TIME,
            Kind.TIME,
            Kind.OTHER,
            Kind.OTHER,
            Kind.TIME,
            Kind.NUMBER);
    List<ColumnInfo> odd = List.of(table.columns().get(12), table.columns().get(5));
    assertThat(table.read(odd)).allMatch(column -> column.rows() == 1);
  }

  @Test
  void onlyQueriesAreRun() {
    for (String statement :
        List.of(
            "DROP VIEW people",
            "CREATE TABLE t AS SELECT 1",
            "INSERT INTO people SELECT * FROM people",
            "SELECT 1) ; DROP VIEW people ; SELECT * FROM (SELECT 1",
            "SET spark.sql.shuffle.partitions = 7")) {
      assertThatThrownBy(() -> READER.open(sql(statement)))
          .as(statement)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("check data.table");
    }
    assertThat(SPARK.catalog().tableExists("people")).isTrue();
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(() -> READER.open(path("none.csv")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.csv");
    assertThatThrownBy(() -> READER.open(path("people")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set data.table.format");
    assertThatThrownBy(
            () -> READER.open(new TableOrigin(TableOrigin.Kind.NAME, "nobody", "auto", Map.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("table nobody");
    assertThatThrownBy(() -> READER.open(sql("SELECT nothing FROM people")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing");
    TableOrigin division = sql("SELECT age / 0 AS x, label FROM people");
    assertThatThrownBy(() -> load(division))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("DIVIDE_BY_ZERO");
    assertThatThrownBy(() -> load(sql("SELECT array(age) AS x, label FROM people")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("x has a NULL among them");
    assertThatThrownBy(
            () -> load(sql("SELECT if(active, array(1), array(1, 2)) AS x, label FROM people")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("equally many numbers in every row");
  }

  @Test
  void rowsThatAreHalfReadAreNoRows() throws IOException {
    Path file = dir.resolve("ragged.csv");
    for (String row : List.of("1", "1,a,2", "\"x")) {
      Files.writeString(file, "x,label\n1,a\n2,b\n" + row + "\n", UTF_8);
      assertThatThrownBy(() -> load(path("ragged.csv")))
          .as(row)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("ragged.csv is not");
    }
    Path json = dir.resolve("broken.json");
    Files.writeString(json, "{\"x\": 1, \"label\": \"a\"}\n{\"x\": 2,\n", UTF_8);
    assertThatThrownBy(() -> load(path("broken.json"))).isInstanceOf(UserException.class);
  }

  @Test
  void quotesAreDoubledWithinQuotes() throws IOException {
    Path file = dir.resolve("quotes.csv");
    Files.writeString(
        file,
        "\"a \"\"b\"\"\",label\n\"say \"\"hi\"\"\",x\n\"no, no\",y\nz,x\nz,y\nz,x\nz,y\n",
        UTF_8);
    RowReader.OpenTable table = READER.open(path("quotes.csv"));
    assertThat(table.columns().get(0).name()).isEqualTo("a \"b\"");
    assertThat(load(path("quotes.csv")).classNames()).containsExactly("x", "y");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() throws IOException {
    Files.writeString(dir.resolve("twice.csv"), "age,label,Age\n1,x,2\n3,y,4\n", UTF_8);
    assertThatThrownBy(() -> READER.open(path("twice.csv")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("twice.csv has Age twice in its first line: give one another name");
    TableOrigin noHeader =
        new TableOrigin(
            TableOrigin.Kind.PATH,
            dir.resolve("twice.csv").toString(),
            "csv",
            Map.of("Header", "false"));
    assertThat(READER.open(noHeader).columns()).hasSize(3);
  }

  @Test
  void optionsGoToTheReader() throws IOException {
    Path file = dir.resolve("semicolons.txt");
    Files.writeString(file, "1;a\n2;b\n?;a\n4;b\n5;a\n6;b\n", UTF_8);
    TableOrigin origin =
        new TableOrigin(
            TableOrigin.Kind.PATH,
            file.toString(),
            "csv",
            Map.of("sep", ";", "HEADER", "false", "nullValue", "?"));
    TableSet set =
        new TableSource(origin, null, 0.2, "_c1", List.of(), List.of(), List.of(), false, 64)
            .load(READER);
    assertThat(set.classNames()).containsExactly("a", "b");
    assertThat(set.training() + set.test()).isEqualTo(6);
  }
}
