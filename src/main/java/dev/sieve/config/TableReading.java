package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.data.table.TableOrigin;
import dev.sieve.data.table.TableSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code data.table} and what belongs to it. */
final class TableReading {
  private final ParsedStudy document;
  private final UnaryOperator<@Nullable String> environment;

  TableReading(ParsedStudy document, UnaryOperator<@Nullable String> environment) {
    this.document = document;
    this.environment = environment;
  }

  /** The table that a study without problems names. */
  TableSource source() {
    Map<String, Object> first = new HashMap<>();
    for (String key : List.of("path", "name", "sql", "format", "options")) {
      Entry entry = document.entry("data.table." + key);
      if (entry != null) {
        first.put(key, entry.value());
      }
    }
    Object test = document.require("data.test").value();
    Entry categorical = document.entry("data.categorical");
    boolean all = categorical != null && categorical.value().equals("all");
    return new TableSource(
        origin(first),
        test instanceof Map<?, ?> second ? origin(second) : null,
        test instanceof Double share ? share : 0,
        document.text("data.table.label"),
        names("data.features"),
        names("data.drop"),
        all ? List.of() : names("data.categorical"),
        all,
        document.whole("data.max-categories"));
  }

  private TableOrigin origin(Map<?, ?> keys) {
    String format = keys.get("format") instanceof String text ? text : "auto";
    Map<String, String> options = new HashMap<>();
    if (keys.get("options") instanceof Map<?, ?> said) {
      said.forEach((name, value) -> options.put(name.toString(), value.toString()));
    }
    if (keys.get("path") instanceof String path) {
      String absolute = UserPath.absolute(path, environment);
      return new TableOrigin(TableOrigin.Kind.PATH, absolute, format, options);
    }
    return keys.get("name") instanceof String name
        ? new TableOrigin(TableOrigin.Kind.NAME, name, format, options)
        : new TableOrigin(TableOrigin.Kind.SQL, String.valueOf(keys.get("sql")), format, options);
  }

  private List<String> names(String key) {
    Entry entry = document.entry(key);
    return entry != null && entry.value() instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
