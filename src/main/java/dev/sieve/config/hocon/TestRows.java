package dev.sieve.config.hocon;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are tested on: a share, a {@code Double} in (0, 1), a second table, a {@code Map} of
 * its keys to texts, or none.
 */
public record TestRows() implements ValueType {
  /** No row is tested on. */
  public static final String NONE = "none";

  /** What a second table has; the label and the columns are those of the first. */
  private static final Set<String> KEYS = Set.of("path", "format", "name", "sql", "options");

  @Override
  public @Nullable Object read(Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      return raw instanceof String text && text.equalsIgnoreCase(NONE) ? NONE : SHARE.read(raw);
    }
    Map<String, Object> table = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = entry.getKey().toString();
      Object value =
          name.equals("options")
              ? new Texts().read(entry.getValue())
              : entry.getValue() instanceof String text && !text.isBlank() ? text : null;
      if (value == null || !KEYS.contains(name)) {
        return null;
      }
      table.put(name, value);
    }
    long places = Stream.of("path", "name", "sql").filter(table::containsKey).count();
    return places == 1 ? table : null;
  }

  @Override
  public String rule() {
    return "a share of the rows such as 0.2, or a second table with a path, a name or a query, such as { path = \"test.csv\" }, or the word none";
  }

  @Override
  public String text(Object value) {
    return value instanceof Map<?, ?>
        ? ConfigValueFactory.fromMap(Texts.texts(value)).render(ConfigRenderOptions.concise())
        : value.toString();
  }
}
