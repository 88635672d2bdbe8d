package dev.sieve.config.hocon;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.sieve.trial.Phase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configuration read key by key: known keys, values of the right kind, and their places. */
public final class ParsedStudy {
  /** Letters of a value that a message shows. */
  private static final int LONGEST = 200;

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, Entry> defaults = new HashMap<>();
  private final Map<String, ConfigObject> spaces = new HashMap<>();
  private final Set<String> doubted = new HashSet<>();
  private final Set<Phase> phases = EnumSet.noneOf(Phase.class);
  private final Hocon.Layers layers;
  private final Problems problems;

  public ParsedStudy(Hocon.Layers layers, Problems problems) {
    this.layers = layers;
    this.problems = problems;
    ConfigObject all = Hocon.withoutNulls(layers.all());
    walk(layers.defaults(), "");
    defaults.putAll(entries);
    walk(all, "");
    for (Phase phase : Phase.values()) {
      if (layers.mentions(phase.label()) && all.containsKey(phase.label())) {
        phases.add(phase);
      }
    }
    Keys.standards(text("data.source")).forEach(this::standard);
    if (phases.isEmpty()) {
      // The default study, less the phases that an override takes away with null.
      Arrays.stream(Phase.values()).filter(p -> all.containsKey(p.label())).forEach(phases::add);
    }
  }

  /** The phases that the study has: those that the file names, or all where it names none. */
  public Set<Phase> phases() {
    return phases;
  }

  public @Nullable Entry entry(String path) {
    return entries.get(path);
  }

  /** A key that has a default. */
  public Entry require(String path) {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new AssertionError("no default for " + path);
    }
    return entry;
  }

  /** Another default, where neither file nor overrides say something. */
  private void standard(String path, Object value) {
    Entry entry = require(path);
    if (entry.place().equals(standard(path).place())) {
      entries.put(path, new Entry(value, entry.place(), false));
    }
  }

  /** What a key has where nobody says anything. */
  public Entry standard(String path) {
    Entry entry = defaults.get(path);
    return entry == null ? require(path) : entry;
  }

  public String text(String path) {
    return (String) require(path).value();
  }

  public int whole(String path) {
    return Math.toIntExact((Long) require(path).value());
  }

  /** A key without a default; null also where its value is broken. */
  public @Nullable Integer wholeOrNull(String path) {
    Entry entry = entries.get(path);
    return entry != null && entry.value() instanceof Long number ? Math.toIntExact(number) : null;
  }

  /** A key without a default, of any kind; null also where its value is broken. */
  public <T> @Nullable T valueOrNull(String path, Class<T> type) {
    Entry entry = entries.get(path);
    return entry != null && type.isInstance(entry.value()) ? type.cast(entry.value()) : null;
  }

  /** 0 stands for the word {@code auto}. */
  public int wholeOrAuto(String path) {
    return require(path).value() instanceof Long number ? Math.toIntExact(number) : 0;
  }

  public boolean flag(String path) {
    return (Boolean) require(path).value();
  }

  /** Whether a file or an override gives a key a value, be it a wrong one. */
  public boolean says(String path) {
    Entry entry = entries.get(path);
    return entry != null && entry.explicit();
  }

  /**
   * Whether a key's value, or that of a section, is not what the user wants: it is broken, or an
   * unknown key stands for it. That is noted, and nothing more is concluded.
   */
  public boolean doubtful(String path) {
    Entry entry = entries.get(path);
    return (entry != null && entry.broken())
        || doubted.stream().anyMatch(meant -> path.equals(meant) || path.startsWith(meant + "."));
  }

  /** From now on nothing is concluded from what stands at a path, or below it. */
  public void doubt(String path) {
    doubted.add(path);
  }

  /** The axes or values at one of {@link Keys#SPACES}; null where there are none. */
  public @Nullable ConfigObject space(String path) {
    return spaces.get(path);
  }

  /** Whether file or overrides name an axis of a phase's space. */
  public boolean namesAxis(String phase, String axis) {
    return layers.mentions(phase, "space", axis);
  }

  /** Whether file or overrides have a space or values of their own, be they empty. */
  public boolean hasOwn(String phase, String name) {
    return layers.fills(phase, name);
  }

  /** Where file or overrides have a section; its name where they have none. */
  public SourcePosition place(String... path) {
    return layers.place(path);
  }

  private void walk(ConfigObject object, String prefix) {
    for (Map.Entry<String, ConfigValue> child : object.entrySet()) {
      String name = ConfigUtil.joinPath(child.getKey());
      String path = prefix.isEmpty() ? name : prefix + "." + name;
      Key key = Keys.get(path);
      if (key != null) {
        readLeaf(key, child.getValue());
      } else if (Keys.isSection(path)) {
        readSection(path, child.getValue());
      } else {
        refuseUnknown(prefix, child.getKey(), child.getValue());
      }
    }
  }

  private void readSection(String path, ConfigValue value) {
    if (!(value instanceof ConfigObject section)) {
      doubted.add(path);
      problems.add(
          SourcePosition.of(value.origin()),
          "%s must be a section, %s { ... }, but got %s%s"
              .formatted(path, path, shown(value.unwrapped()), instead(path, value.unwrapped())));
    } else if (Keys.SPACES.contains(path)) {
      spaces.put(path, section);
    } else {
      walk(section, path);
    }
  }

  /** The key of a section that a word is for, where it is for one or two. */
  private static String instead(String section, Object value) {
    List<String> keys =
        Keys.everyKey().stream()
            .filter(key -> key.path().startsWith(section + "."))
            .filter(key -> key.path().indexOf('.', section.length() + 1) < 0)
            .filter(key -> value instanceof String && key.kind().read(value) != null)
            .map(key -> key.path() + " = " + shown(value).replace("'", ""))
            .toList();
    return keys.isEmpty() || keys.size() > 2 ? "" : "; write " + String.join(" or ", keys);
  }

  private void readLeaf(Key key, ConfigValue written) {
    SourcePosition place = SourcePosition.of(written.origin());
    Object raw = Written.raw(written, key.kind());
    Object value = key.kind().read(raw);
    if (value != null) {
      entries.put(key.path(), new Entry(value, place, false));
      return;
    }
    problems.add(
        place,
        "%s must be %s, but got %s"
                .formatted(key.path(), key.kind().rule(raw), Written.shown(written))
            + Hints.of(key.kind(), written.unwrapped()));
    Entry standard = entries.get(key.path());
    Object instead = standard == null ? "" : standard.value();
    entries.put(key.path(), new Entry(instead, place, true));
  }

  private void refuseUnknown(String prefix, String name, ConfigValue value) {
    UnknownKey unknown = UnknownKey.of(prefix, name);
    doubted.addAll(unknown.meant());
    problems.add(SourcePosition.of(value.origin()), unknown.message());
  }

  /** As a message shows it: a text in quotes, and not more of it than one can read. */
  public static String shown(@Nullable Object value) {
    return value instanceof String text ? "'" + cut(text) + "'" : cut(String.valueOf(value));
  }

  public static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
