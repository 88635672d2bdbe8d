package dev.sieve.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.sieve.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Defaults, file and overrides as one tree. Nothing else flows in: no other jar's {@code
 * reference.conf}, no system property, no environment variable but one.
 */
public final class Hocon {
  /** The one environment variable that is read: where CIFAR-10 is. */
  static final String CIFAR10 = "SIEVE_CIFAR10";

  private static final Config DEFAULTS =
      ConfigFactory.parseResources(
          Hocon.class,
          "reference.conf",
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setOriginDescription(SourcePosition.DEFAULTS));

  /**
   * @param defaults the defaults alone
   * @param all overrides over file over defaults; nulls are those of file and overrides
   * @param written what file and overrides say, substitutions not yet resolved
   */
  public record Layers(ConfigObject defaults, ConfigObject all, ConfigObject written) {
    /** Whether file or overrides have something at a path, be it null or an empty object. */
    boolean mentions(String... path) {
      return find(path) != null;
    }

    /**
     * Whether file or overrides have an object of their own at a path: one that does more than take
     * parts away with null.
     */
    boolean fills(String... path) {
      ConfigValue found = find(path);
      if (!(found instanceof ConfigObject object)) {
        return found != null && !isNull(found);
      }
      try {
        return object.isEmpty() || object.values().stream().anyMatch(value -> !isNull(value));
      } catch (ConfigException.NotResolved e) {
        return true;
      }
    }

    /** Where file or overrides have something; the path's own name where they have nothing. */
    SourcePosition place(String... path) {
      ConfigValue found = find(path);
      return found == null
          ? new SourcePosition(String.join(".", path), 0)
          : SourcePosition.of(found.origin());
    }

    /** What stands at a path, or the substitution that stands before it; null for nothing. */
    private @Nullable ConfigValue find(String... path) {
      ConfigValue at = written;
      for (String name : path) {
        if (!(at instanceof ConfigObject object)) {
          return isPlain(at) ? null : at;
        }
        try {
          at = object.get(name);
        } catch (ConfigException.NotResolved e) {
          return object;
        }
        if (at == null) {
          return null;
        }
      }
      return at;
    }

    /** Whether a value is one, and no substitution that may turn out to be a section. */
    private static boolean isPlain(ConfigValue value) {
      try {
        return value.valueType() != ConfigValueType.OBJECT;
      } catch (ConfigException.NotResolved e) {
        return false;
      }
    }

    private static boolean isNull(ConfigValue value) {
      try {
        return value.valueType() == ConfigValueType.NULL;
      } catch (ConfigException.NotResolved e) {
        return false;
      }
    }
  }

  private final UnaryOperator<@Nullable String> environment;
  private final Problems problems;

  /**
   * @param environment the value of a variable, or null
   */
  public Hocon(UnaryOperator<@Nullable String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * @throws UserException if the file cannot be read at all; what can be read round is noted
   */
  public Layers read(@Nullable Path file, List<String> overrides) {
    Config written = file == null ? ConfigFactory.empty() : AxisPaths.named(parse(file));
    for (String override : OverrideWords.of(overrides, problems)) {
      written = AxisPaths.over(new OverrideText(override, problems).parse(), written);
    }
    SourcePosition whole =
        file == null ? new SourcePosition("override", 0) : SourcePosition.file(file);
    ConfigObject resolvedDefaults = resolve(DEFAULTS, whole, List.of()).root();
    ConfigObject all = resolve(written.withFallback(DEFAULTS), whole, overrides).root();
    return new Layers(resolvedDefaults, all, written.root());
  }

  private Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      problems.add(
          new SourcePosition(file.toAbsolutePath().normalize().toString(), 0),
          "the configuration must be a file, but there is "
              + (Files.isDirectory(file)
                  ? "a folder; check the path after -c"
                  : Files.exists(file)
                      ? "a device or a pipe; write the text into a file, and name that after -c"
                      : "none; check the path after -c"));
      return ConfigFactory.empty();
    }
    String problem = Syntax.problem(file);
    if (problem != null) {
      problems.add(SourcePosition.file(file), problem);
      problems.throwIfAny();
    }
    try {
      Config parsed =
          ConfigFactory.parseFile(
              file.toAbsolutePath().normalize().toFile(),
              ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new FileIncluder()));
      if (saysNothing(parsed)) {
        problems.add(
            SourcePosition.file(file),
            "a study's file must set something, but this one %s; write study { name = my-study } for a study of the defaults, or start from conf/local.conf"
                .formatted(Syntax.isBlank(file) ? "is empty" : "sets nothing"));
      }
      return parsed;
    } catch (ConfigException.WrongType e) {
      problems.add(placeOf(e, file), Syntax.misplaced(reason(e)));
    } catch (ConfigException.Parse e) {
      problems.add(
          placeOf(e, file),
          reason(e).contains(Syntax.INCLUDES)
              ? "a file must not lead back to itself, but here includes stand 50 deep; remove the one that closes the circle"
              : "the configuration must be HOCON, but "
                  + reason(e)
                  + "; "
                  + Syntax.remedy(file, reason(e)));
    } catch (StackOverflowError e) {
      // Its parser recurses over tokens, too: a thousand quotes in a row are enough.
      problems.add(SourcePosition.file(file), Syntax.TOO_DEEP);
    } catch (ConfigException e) {
      // I/O: the file itself or one that it includes.
      problems.add(
          placeOf(e, file),
          "every file of the configuration must be there and readable, but %s; check the path"
              .formatted(e instanceof ConfigException.IO ? "this one is not" : reason(e)));
    }
    problems.throwIfAny();
    throw new AssertionError("a problem was noted");
  }

  private static boolean saysNothing(Config parsed) {
    try {
      return parsed.root().isEmpty();
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  private Config resolve(Config config, SourcePosition whole, List<String> overrides) {
    Environment variables = new Environment(whole, overrides);
    try {
      return config.resolve(ConfigResolveOptions.noSystem().appendResolver(variables));
    } catch (ConfigException e) {
      // A reference that was not found is noted by the look-up; what is left refers to itself.
      ConfigOrigin origin = e.origin();
      if (!variables.refused) {
        problems.add(
            // Of two that stand side by side it is the place of the section that one leads to.
            origin == null || e instanceof ConfigException.WrongType
                ? whole
                : SourcePosition.of(origin),
            e instanceof ConfigException.WrongType
                ? Syntax.misplaced(reason(e))
                : "a substitution must lead to a value, but this one leads back to itself; "
                    + "write the value in its place");
      }
    }
    problems.throwIfAny();
    throw new AssertionError("a problem was noted");
  }

  private static SourcePosition placeOf(ConfigException e, Path file) {
    ConfigOrigin origin = e.origin();
    return origin == null || origin.lineNumber() < 1
        ? SourcePosition.file(file)
        : SourcePosition.of(origin);
  }

  /** What the parser found, without its own statement of the place and its hints. */
  private static String reason(ConfigException e) {
    String text = String.valueOf(e.getMessage());
    ConfigOrigin origin = e.origin();
    if (origin != null && text.startsWith(origin.description() + ": ")) {
      text = text.substring(origin.description().length() + 2);
    }
    int hint = text.indexOf(" (if you");
    text = hint < 0 ? text : text.substring(0, hint);
    if (text.contains("unescaped newline in quoted") || text.contains("string quote was still")) {
      return Syntax.OPEN_TEXT;
    }
    text = text.replace("a close parentheses ')' here, not: ", "a closing brace, got ");
    return text.isEmpty() ? "it is not" : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** Removes every null: whatever it stands for is back at its default. */
  static ConfigObject withoutNulls(ConfigObject object) {
    ConfigObject kept = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (entry.getValue().valueType() == ConfigValueType.NULL) {
        kept = kept.withoutKey(entry.getKey());
      } else if (entry.getValue() instanceof ConfigObject inner) {
        kept = kept.withValue(entry.getKey(), withoutNulls(inner));
      }
    }
    return kept;
  }

  /** Asked for what a substitution names and the configuration does not have. */
  private final class Environment implements ConfigResolver {
    private final SourcePosition whole;
    private final List<String> overrides;
    private boolean refused;

    Environment(SourcePosition whole, List<String> overrides) {
      this.whole = whole;
      this.overrides = overrides;
    }

    @Override
    public @Nullable ConfigValue lookup(String path) {
      if (path.equals(CIFAR10)) {
        String value = environment.apply(CIFAR10);
        return value == null
            ? null
            : ConfigValueFactory.fromAnyRef(value, "environment variable " + CIFAR10);
      }
      refused = true;
      problems.add(
          overrides.stream()
              .filter(
                  override ->
                      override.matches(".*\\$\\{\\??\\s*" + Pattern.quote(path) + "\\s*}.*"))
              .map(SourcePosition::override)
              .findFirst()
              .orElse(whole),
          "a substitution must name a key of the configuration, but ${%s} is none; write the value itself (no environment variable but %s is read)"
              .formatted(path, CIFAR10));
      return null;
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
