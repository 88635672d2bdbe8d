package dev.sieve.config.hocon;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts by name, in their order; a {@code Map}. */
record Texts() implements ValueType {
  @Override
  public @Nullable Object read(Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      return null;
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        return null;
      }
      texts.put(entry.getKey().toString(), value.toString());
    }
    return texts;
  }

  @Override
  public String rule() {
    return "texts by name, such as { header = true, sep = \";\" }";
  }

  @Override
  public String text(Object value) {
    return ConfigValueFactory.fromMap(texts(value)).render(ConfigRenderOptions.concise());
  }

  static Map<String, Object> texts(Object value) {
    Map<String, Object> texts = new TreeMap<>();
    ((Map<?, ?>) value).forEach((name, text) -> texts.put(name.toString(), text));
    return texts;
  }
}
