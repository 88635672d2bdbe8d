package dev.sieve.config;

import dev.sieve.config.hocon.AxisNames;
import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.ValueType;
import dev.sieve.search.definition.CoarseSpec;
import dev.sieve.search.definition.FinalSpec;
import dev.sieve.search.definition.FineSpec;
import dev.sieve.search.definition.Zoom;
import dev.sieve.search.space.Axis;
import dev.sieve.search.space.Domain;
import dev.sieve.search.space.Space;
import dev.sieve.trial.AxisValue;
import dev.sieve.trial.Configuration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the configuration that is in force as HOCON that would be accepted again. */
final class EffectiveText {
  private final ParsedStudy document;
  private final List<PhaseView> views;
  private final Set<String> unused = new HashSet<>();
  private final StringBuilder lines = new StringBuilder();

  EffectiveText(
      ParsedStudy document,
      List<PhaseView> views,
      @Nullable CoarseSpec coarse,
      @Nullable FineSpec fine,
      @Nullable FinalSpec last) {
    this.document = document;
    this.views = views;
    for (Key key : Keys.settings()) {
      if (views.stream().allMatch(view -> view.unmet(key) != null)) {
        unused.add(key.path());
      }
    }
    unused.addAll(SourceRules.unused(document));
    for (String phase : List.of("coarse", "fine")) {
      String rungs = phase + ".rungs.";
      if (document.text(rungs + "type").equals("none")) {
        unused.addAll(List.of(rungs + "at", rungs + "reduction"));
      } else if (document.entry(rungs + "keep") != null) {
        unused.add(rungs + "reduction");
      }
    }
    if (coarse != null && !coarse.sampler().counted()) {
      unused.add("coarse.configurations");
    }
    if (fine != null) {
      leaveOut(fine);
    }
    if (last != null && (last.trial() != null || last.configuration() != null)) {
      unused.add("final.top");
    }
    for (Key key : Keys.everyKey()) {
      write(key);
      if (key.path().equals("coarse.replicates") && coarse != null) {
        write("coarse.space.", coarse.space());
      } else if (key.path().equals("fine.replicates") && fine != null && fine.space() != null) {
        write("fine.space.", fine.space());
      } else if (key.path().equals("final.replicates") && last != null) {
        write(last.configuration());
      }
    }
  }

  private void leaveOut(FineSpec fine) {
    unused.add(fine.sampler().counted() ? "fine.points" : "fine.configurations");
    unused.add(fine.zoom() instanceof Zoom.Boxes ? "fine.zoom.margin" : "fine.zoom.shrink");
    if (fine.space() != null) {
      unused.addAll(
          List.of(
              "fine.top", "fine.zoom.shrink", "fine.zoom.margin", "fine.zoom.clip", "fine.levels"));
    }
  }

  private void write(Key key) {
    String section = key.path().substring(0, key.path().indexOf('.'));
    boolean absent =
        Keys.PHASES.contains(section)
            && views.stream().noneMatch(view -> view.phase().label().equals(section));
    Entry entry = document.entry(key.path());
    if (entry != null && !absent && !unused.contains(key.path())) {
      line(key.path(), key.kind().text(entry.value()));
    }
  }

  private void write(String prefix, Space space) {
    for (Axis axis : space.axes()) {
      String name = prefix + quoted(axis.label()) + ".";
      Domain domain = axis.domain();
      if (domain instanceof Domain.Values values) {
        line(
            name + AxisNames.VALUES,
            values.values().stream()
                .map(value -> text(axis.path(), value))
                .collect(Collectors.joining(",", "[", "]")));
      } else if (domain instanceof Domain.Linear range) {
        range(
            name + "linear", range.low() + "," + range.high(), name, range.points(), range.step());
      } else if (domain instanceof Domain.Log10 range) {
        range(name + "log10", range.low() + "," + range.high(), name, range.points(), range.step());
      } else if (domain instanceof Domain.Integers range) {
        range(
            name + "integer", range.low() + "," + range.high(), name, range.points(), range.step());
      }
    }
  }

  private void range(String path, String bounds, String name, int points, double step) {
    line(path, "[" + bounds + "]");
    if (points > 0) {
      line(name + "points", Integer.toString(points));
    }
    if (step > 0) {
      line(name + "step", Double.toString(step));
    }
  }

  private void write(@Nullable Configuration configuration) {
    if (configuration == null) {
      return;
    }
    if (configuration.values().isEmpty()) {
      line("final.values", "{}");
    }
    for (Map.Entry<String, AxisValue> value : configuration.values().entrySet()) {
      String label = AxisNames.label(Keys.require(value.getKey()));
      line("final.values." + quoted(label), text(value.getKey(), value.getValue()));
    }
  }

  /** The value as its key has it: 100 and not 100.0 for a whole number. */
  private static String text(String path, AxisValue value) {
    ValueType kind = Keys.require(path).kind();
    Object read = kind.ofAxis(value);
    return read == null ? value.toString() : kind.text(read);
  }

  private static String quoted(String label) {
    return label.contains(".") ? '"' + label + '"' : label;
  }

  private void line(String path, String value) {
    lines.append(path).append(" = ").append(value).append('\n');
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
