package dev.sieve.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One {@code path=value} of the command line. */
record OverrideText(String text, Problems problems) {
  /** Words of a path, more than any key has. */
  private static final int LONGEST = 20;

  /** The value at its path; empty where the override is malformed, which is noted. */
  Config parse() {
    String plain = text.replaceFirst("^(-+|(?<quote>[\"'])(?=.*\\k<quote>$))", "");
    if (!plain.equals(text) && plain.matches("[A-Za-z].*=.*")) {
      problems.add(
          SourcePosition.override(text),
          "an override must be path=value, without dashes and without quotes around it; write "
              + ParsedStudy.cut(
                  text.startsWith("-") ? plain : plain.substring(0, plain.length() - 1)));
      return ConfigFactory.empty();
    }
    String deep = Syntax.tooDeep(text);
    if (deep != null) {
      problems.add(SourcePosition.override(ParsedStudy.cut(text)), deep);
      return ConfigFactory.empty();
    }
    int equals = text.indexOf('=');
    List<String> path = equals < 0 ? null : path(text.substring(0, equals).strip());
    if (path == null || path.size() > LONGEST) {
      problems.add(
          SourcePosition.override(text),
          "an override must be path=value, such as training.lambda=0.001; "
              + "quote parts of a path that hold a dot");
      return ConfigFactory.empty();
    }
    Key key = Keys.get(ConfigUtil.joinPath(path));
    boolean literal = key != null && key.kind() instanceof ValueType.Text;
    return at(path, value(text.substring(equals + 1).strip(), literal));
  }

  /** A value within a section for each word of its path, all with the override as their place. */
  private Config at(List<String> path, ConfigValue value) {
    ConfigValue outer = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      outer =
          ConfigValueFactory.fromMap(
              Map.of(path.get(i), outer), SourcePosition.override(text).toString());
    }
    return AxisPaths.named(((ConfigObject) outer).toConfig());
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
   * @param literal the key takes a text: [a] and {a} are texts too
   */
  private ConfigValue value(String written, boolean literal) {
    String origin = SourcePosition.override(text).toString();
    ConfigValue itself = ConfigValueFactory.fromAnyRef(written, origin);
    boolean brackets = written.startsWith("[") || written.startsWith("{");
    // HOCON would take the rest of a/b//c or of a#b for a comment.
    boolean comment = written.contains("//") || written.contains("#");
    if (brackets ? literal : comment && !written.startsWith("\"")) {
      return itself;
    }
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "value = " + written, ConfigParseOptions.defaults().setOriginDescription(origin))
              .root();
      ConfigValue value = parsed.get("value");
      return parsed.size() == 1 && value != null ? value : itself;
    } catch (ConfigException | StackOverflowError e) {
      return itself; // a thousand quotes are too deep for its parser
    }
  }
}
