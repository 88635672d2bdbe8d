package dev.sieve.config;

import dev.sieve.config.hocon.Entry;
import dev.sieve.config.hocon.Key;
import dev.sieve.config.hocon.Keys;
import dev.sieve.config.hocon.ParsedStudy;
import dev.sieve.config.hocon.Problems;
import dev.sieve.config.hocon.SourcePosition;
import dev.sieve.data.DataShape;
import dev.sieve.search.definition.RungSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where the trials of a phase are stopped early, and checks it against their budget. */
final class RungReader {
  /** Settings that say how long a trial is: only equally long ones can be compared. */
  private static final Set<String> LENGTHS =
      Set.of(
          "training.schedule.type",
          "training.schedule.half-cycle",
          "training.schedule.cycles",
          "training.schedule.cycle-growth",
          "training.schedule.epochs");

  private final ParsedStudy document;
  private final PhaseView view;
  private final Problems problems;
  private final String where;

  RungReader(ParsedStudy document, PhaseView view, Problems problems) {
    this.document = document;
    this.view = view;
    this.problems = problems;
    this.where = view.phase().label() + ".rungs.";
  }

  /** Null where trials are not stopped, or what is said cannot be used and is noted. */
  @Nullable RungSpec read() {
    for (String key : List.of("type", "at", "reduction", "keep")) {
      if (document.doubtful(where + key)) {
        return null; // noted where it is read
      }
    }
    Entry type = document.require(where + "type");
    boolean none = type.value().equals("none");
    boolean halving = type.value().equals("halving");
    if (none) {
      for (String key : List.of("at", "reduction", "keep")) {
        refuse(key, "needs %stype = halving, hyperband or asha to have an effect".formatted(where));
      }
      return null;
    }
    if (!halving) {
      refuse("keep", "needs %stype = halving to have an effect".formatted(where));
    } else if (document.says(where + "keep")) {
      refuse(
          "reduction", "must not stand beside %skeep, which says how many go on".formatted(where));
    }
    for (PlacedAxis axis : view.axes()) {
      if (LENGTHS.contains(axis.path())) {
        problems.add(
            axis.place(),
            "trials must be of one length to be compared at rungs, but %s is an axis; remove the axis or set %stype = none"
                .formatted(axis.path(), where));
      }
    }
    return rungs(RungSpec.Type.valueOf(type.value().toString().toUpperCase(Locale.ROOT)));
  }

  private void refuse(String key, String rule) {
    if (document.says(where + key)) {
      problems.add(
          document.require(where + key).place(),
          "%s %s, but got %s; remove it"
              .formatted(where + key, rule, text(document.require(where + key), where + key)));
    }
  }

  private static String text(Entry entry, String path) {
    return Keys.require(path).kind().text(entry.value());
  }

  private @Nullable RungSpec rungs(RungSpec.Type type) {
    List<Integer> at = counts("at");
    List<Integer> keep = type == RungSpec.Type.HALVING ? counts("keep") : List.of();
    int reduction = document.whole(where + "reduction");
    SourcePosition place = place(keep);
    if (!keep.isEmpty()) {
      requireFewer(keep.get(0), place);
    }
    try {
      RungSpec rungs = new RungSpec(type, at, keep, reduction);
      if (LENGTHS.stream().noneMatch(this::doubtful)
          && LENGTHS.stream().allMatch(path -> view.axis(path) == null)) {
        rungs.steps(view.settings().trial(DataShape.CIFAR_10, 0, false, false));
      }
      return rungs;
    } catch (IllegalArgumentException e) {
      // What the settings themselves break is noted where they are read.
      if (String.valueOf(e.getMessage()).startsWith("rungs")) {
        problems.add(place, view.phase().label() + "." + e.getMessage());
      }
      return null;
    }
  }

  /** Whether a length is not the one that is wanted: it is wrong, or has no effect as it stands. */
  private boolean doubtful(String path) {
    Key key = Keys.require(path);
    boolean written = document.says(path) || document.says(view.phase().label() + "." + path);
    return view.doubtful().contains(path) || written && view.unmet(key) != null;
  }

  /** How many go on from the first rung, where it is known how many begin. */
  private void requireFewer(int keep, SourcePosition place) {
    Integer configurations = document.wholeOrNull(view.phase().label() + ".configurations");
    if (configurations != null
        && document.says(view.phase().label() + ".configurations")
        && keep >= configurations) {
      problems.add(
          place,
          "%skeep must begin with fewer than the %s configurations there are, but got %s; lower it"
              .formatted(where, configurations, keep));
    }
  }

  /** Where the first key stands that decides where rungs are. */
  private SourcePosition place(List<Integer> keep) {
    for (String key : keep.isEmpty() ? List.of("at", "type") : List.of("keep", "at", "type")) {
      if (document.says(where + key)) {
        return document.require(where + key).place();
      }
    }
    return document.require(where + "type").place();
  }

  /** A list of numbers; empty where there is none or a word stands for it. */
  private List<Integer> counts(String key) {
    Entry entry = document.entry(where + key);
    return entry != null && entry.value() instanceof List<?> list
        ? list.stream().map(number -> (Integer) number).toList()
        : List.of();
  }
}
