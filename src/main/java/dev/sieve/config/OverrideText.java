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
    String joined = ConfigUtil.joinPath(path);
    Key key = Keys.get(joined);
    boolean plain = key != null && key.kind() instanceof Kind.Text;
    return value(text.substring(equals + 1).strip(), plain).atPath(joined);
  }

  private static @Nullable List<String> path(String written) {
    try {
      return ConfigUtil.splitPath(written);
    } catch (ConfigException e) {
      return null;
    }
  }

  /**
   * HOCON if it parses, else the text itself.
   *
   * @param plain the key takes a text: [a] and {a} are texts too
   */
  private ConfigValue value(String written, boolean plain) {
    String origin = Place.override(text).toString();
    ConfigValue itself = ConfigValueFactory.fromAnyRef(written, origin);
    boolean brackets = written.startsWith("[") || written.startsWith("{");
    // HOCON would take the rest of a/b//c or of a#b for a comment.
    boolean comment = written.contains("//") || written.contains("#");
    if (brackets ? plain : comment && !written.startsWith("\"")) {
      return itself;
    }
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "value = " + written, ConfigParseOptions.defaults().setOriginDescription(origin))
              .root();
      ConfigValue value = parsed.get("value");
      return parsed.size() == 1 && value != null ? value : itself;
    } catch (ConfigException e) {
      return itself;
    }
  }
}
