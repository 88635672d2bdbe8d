package dev.sieve.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code path=value} of the command line. */
record OverrideText(String text, Problems problems) {
  /** The value at its path; empty where the override is malformed, which is noted. */
  Config parse() {
    int equals = text.indexOf('=');
    List<String> path = equals < 0 ? null : path(text.substring(0, equals).strip());
    if (path == null) {
      problems.add(
          Place.override(text),
          "an override must be path=value, such as training.lambda=0.001; "
              + "quote parts of a path that hold a dot");
      return ConfigFactory.empty();
    }
    return value(text.substring(equals + 1).strip()).atPath(ConfigUtil.joinPath(path));
  }

  private static @Nullable List<String> path(String written) {
    try {
      return ConfigUtil.splitPath(written);
    } catch (ConfigException e) {
      return null;
    }
  }

  /** HOCON if it parses, else the text itself. */
  private ConfigValue value(String written) {
    String origin = Place.override(text).toString();
    ConfigValue plain = ConfigValueFactory.fromAnyRef(written, origin);
    boolean structured =
        written.startsWith("\"") || written.startsWith("[") || written.startsWith("{");
    // HOCON would take the rest of a/b//c or of a#b for a comment.
    if (!structured && (written.contains("//") || written.contains("#"))) {
      return plain;
    }
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "value = " + written, ConfigParseOptions.defaults().setOriginDescription(origin))
              .root();
      ConfigValue value = parsed.get("value");
      return parsed.size() == 1 && value != null ? value : plain;
    } catch (ConfigException e) {
      return plain;
    }
  }
}
