package dev.sieve.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.Hints;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.config.hocon.Written;
import dev.sieve.search.sampler.SamplerKind;
import dev.sieve.search.space.Axis;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the axes of a phase, and the explicit values of a final training. */
final class SpaceReader {
  private final ParsedStudy document;
  private final Problems problems;

  SpaceReader(ParsedStudy document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * The axes of {@code coarse} or {@code fine} in their fixed order; none if the file has none.
   *
   * @param sampler null where the file's own is wrong
   */
  List<PlacedAxis> axes(String phase, @Nullable SamplerKind sampler) {
    String where = phase + ".space";
    ConfigObject space = document.space(where);
    boolean own = document.hasOwn(phase, "space");
    SortedMap<String, PlacedAxis> byLabel = new TreeMap<>(AxisNames.ORDER);
    SortedMap<String, SourcePosition> pointless = new TreeMap<>(AxisNames.ORDER);
    boolean anyWritten = false;
    for (Map.Entry<String, ConfigValue> entry : sorted(space)) {
      if (own && !document.namesAxis(phase, entry.getKey())) {
        continue; // an axis of the default space, which the file's own replaces
      }
      ConfigValue value = own ? written(entry.getValue()) : entry.getValue();
      anyWritten = true;
      SourcePosition place =
          own ? document.place(phase, "space", entry.getKey()) : SourcePosition.of(value.origin());
      readAxis(where, entry.getKey(), value, place, sampler, pointless, byLabel);
    }
    pointless(where, sampler, pointless);
    if (own && !anyWritten && !document.doubtful(where)) {
      problems.add(
          document.place(phase, "space"),
          where + " must have at least one axis, but it has none; add one or remove " + where);
    }
    return withNeeds(byLabel.values());
  }

  /** An axis whose setting has conditions on other axes goes without effect where they fail. */
  private static List<PlacedAxis> withNeeds(Collection<PlacedAxis> axes) {
    Map<String, Set<String>> texts = new TreeMap<>();
    axes.forEach(axis -> texts.put(axis.path(), axis.texts()));
    List<PlacedAxis> placed = new ArrayList<>();
    for (PlacedAxis read : axes) {
      List<Axis.Need> needs =
          read.key().conditions().stream()
              .filter(condition -> texts.containsKey(condition.path()))
              .map(
                  c ->
                      new Axis.Need(
                          c.path(),
                          c.wordsAmong(texts.getOrDefault(c.path(), Set.of())),
                          c.among()))
              .toList();
      Axis axis = read.axis();
      placed.add(
          new PlacedAxis(new Axis(axis.path(), axis.label(), axis.domain(), needs), read.place()));
    }
    return placed;
  }

  /** Ranges of which it is not said how many points a grid takes: one mistake, however many. */
  private void pointless(
      String where, @Nullable SamplerKind sampler, SortedMap<String, SourcePosition> axes) {
    if (sampler != null && !axes.isEmpty()) {
      String names =
          axes.keySet().stream()
              .map(label -> where + "." + quoted(label))
              .collect(Collectors.joining(", "));
      problems.add(
          axes.values().stream().min(Comparator.naturalOrder()).orElseThrow(),
          "sampler = %s must know how many points a range gives, but %s %s no points; give points = n, n >= %s%s"
              .formatted(
                  sampler.label(),
                  names,
                  axes.size() == 1 ? "has" : "have",
                  AxisReader.least(sampler),
                  axes.size() == 1 ? "" : ", to each, or a sampler that draws"));
    }
  }

  private static String quoted(String label) {
    return ConfigUtil.joinPath(label);
  }

  private void readAxis(
      String where,
      String name,
      ConfigValue value,
      SourcePosition place,
      @Nullable SamplerKind sampler,
      SortedMap<String, SourcePosition> pointless,
      SortedMap<String, PlacedAxis> byLabel) {
    String path = where + "." + ConfigUtil.joinPath(name);
    Key key = AxisNames.key(name);
    if (key == null) {
      problems.add(place, AxisNames.refusal(where, name));
      document.doubt(where);
      for (String meant : AxisNames.meant(name)) {
        Key other = AxisNames.key(meant);
        document.doubt(other == null ? meant : other.path());
      }
      return;
    }
    if (!(value instanceof ConfigObject axis)) {
      document.doubt(where);
      problems.add(
          place,
          "an axis must be a section, %s { values = [...] }, but got %s%s"
              .formatted(
                  path,
                  ParsedStudy.shown(value.unwrapped()),
                  value instanceof ConfigList ? "; write values = before it, in braces" : ""));
      return;
    }
    AxisReader reader = new AxisReader(path, key, axis, place, sampler, problems);
    PlacedAxis read = reader.read();
    if (read == null) {
      document.doubt(where);
      document.doubt(key.path());
    }
    if (reader.pointless()) {
      pointless.put(AxisNames.label(key), place);
    }
    if (read != null && byLabel.put(AxisNames.label(key), read) != null) {
      problems.add(
          place,
          "each setting must have one axis, but %s is in %s twice; remove one"
              .formatted(key.path(), where));
    }
  }

  /** {@code final.values}: a value for each setting named. */
  Configuration values(Map<String, SourcePosition> places) {
    String where = "final.values";
    SortedMap<String, AxisValue> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : sorted(document.space(where))) {
      SourcePosition place = SourcePosition.of(entry.getValue().origin());
      Key key = AxisNames.key(entry.getKey());
      if (key == null) {
        problems.add(place, AxisNames.refusal(where, entry.getKey()));
        continue;
      }
      Object raw = Written.raw(entry.getValue(), key.kind());
      Object read = key.kind().read(raw);
      if (read == null) {
        problems.add(
            place,
            "%s.%s must be %s, but got %s"
                    .formatted(
                        where,
                        ConfigUtil.joinPath(entry.getKey()),
                        key.kind().rule(raw),
                        Written.shown(entry.getValue()))
                + Hints.of(key.kind(), entry.getValue().unwrapped()));
      } else if (values.put(key.path(), key.kind().toAxis(read)) != null) {
        problems.add(
            place,
            "each setting must have one value, but %s is in %s twice; remove one"
                .formatted(key.path(), where));
      } else {
        places.put(key.path(), place);
      }
    }
    return new Configuration(values);
  }

  private static List<Map.Entry<String, ConfigValue>> sorted(@Nullable ConfigObject object) {
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>();
    if (object != null) {
      entries.addAll(object.entrySet());
    }
    entries.sort(Comparator.comparing(Map.Entry::getKey));
    return entries;
  }

  /** What file and overrides say of an axis, without what the default space says of it. */
  private static ConfigValue written(ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return value;
    }
    ConfigObject kept = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (SourcePosition.of(entry.getValue().origin()).isDefault()) {
        kept = kept.withoutKey(entry.getKey());
      }
    }
    return kept;
  }
}
