package dev.sieve.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page on the tables says what {@code DESCRIBE} says. */
final class TablesPageTest {
  @Test
  void everyColumnIsOnThePage() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/tables.md"));
    for (Table<?> table : RawTables.ALL) {
      for (Column<?> column : table.columns()) {
        assertThat(page)
            .contains(
                "| `%s` | %s | %s |\n"
                    .formatted(column.name(), column.type().sql(), column.comment()));
      }
    }
    for (Views.View view : Views.ALL) {
      assertThat(page).contains("`" + view.name() + "`");
      for (Views.ViewColumn column : view.columns()) {
        assertThat(page)
            .contains("| `" + column.name() + "` |")
            .contains("| " + column.comment() + " |\n");
      }
    }
  }

  @Test
  void everyColumnHasOneNameAndAComment() {
    for (Table<?> table : RawTables.ALL) {
      assertThat(table.columns()).extracting(Column::name).doesNotHaveDuplicates();
      assertThat(table.columns())
          .extracting(Column::comment)
          .allSatisfy(c -> assertThat(c).isNotBlank());
      assertThat(table.columns()).extracting(Column::name).allMatch(n -> n.matches("[a-z][a-z_]*"));
    }
  }
}
