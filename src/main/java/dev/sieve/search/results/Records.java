package dev.sieve.search.results;

import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the table knows of a study's phases, and the refusals that follow from it. */
public final class Records {
  /** AxisTransform of the identity of a fine level that zooms in on another one. */
  public static final String PARENT = "box.parent";

  private final List<PhaseRow> records;

  public Records(StudyResults store) {
    records = List.copyOf(store.phases());
  }

  public @Nullable PhaseRow find(Phase phase, int level) {
    return records.stream()
        .filter(record -> record.phase() == phase && record.level() == level)
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  /** The highest fine level that was begun; 0 for none. */
  public int lastFineLevel() {
    return records.stream()
        .filter(record -> record.phase() == Phase.FINE)
        .mapToInt(PhaseRow::level)
        .max()
        .orElse(0);
  }

  /** The highest fine level of this plan above another level; 0 for none. */
  public int fineLevelOf(String plan, int above) {
    for (int level = lastFineLevel(); level > above; level--) {
      PhaseRow record = find(Phase.FINE, level);
      if (record != null && record.plan().equals(plan)) {
        return level;
      }
    }
    return 0;
  }

  /** The highest fine level that zooms in on this one, 0 standing for coarse; 0 for none. */
  public int lastFineLevelInto(int parent) {
    String into = parent == 0 ? null : name(Phase.FINE, parent);
    return records.stream()
        .filter(record -> record.phase() == Phase.FINE)
        .filter(record -> Objects.equals(record.identity().get(PARENT), into))
        .mapToInt(PhaseRow::level)
        .max()
        .orElse(0);
  }

  /** The last search phase that was begun, finished or not. */
  public @Nullable PhaseRow lastBegun() {
    return lastFineLevel() > 0 ? find(Phase.FINE, lastFineLevel()) : find(Phase.COARSE, 0);
  }

  /** The last finished fine level, or coarse where there is none. */
  public @Nullable PhaseRow lastFinished() {
    for (int level = lastFineLevel(); level >= 1; level--) {
      PhaseRow record = find(Phase.FINE, level);
      if (record != null && record.state() == PhaseRow.State.DONE) {
        return record;
      }
    }
    PhaseRow coarse = find(Phase.COARSE, 0);
    return coarse != null && coarse.state() == PhaseRow.State.DONE ? coarse : null;
  }

  /**
   * Refuses a plan that contradicts the one its phase began with.
   *
   * @param remedy another way out than undoing the change; or empty
   */
  public void requireSame(PhasePlan plan, String remedy) {
    PhaseRow record = find(plan.phase(), plan.level());
    if (record != null) {
      requireSame(record, record.identity(), plan.identity(), remedy);
    }
  }

  /** The same of parts of identities. */
  public static void requireSame(
      PhaseRow record, Map<String, String> old, Map<String, String> now, String remedy) {
    if (old.equals(now)) {
      return;
    }
    StringBuilder message = new StringBuilder();
    message.append(
        "a phase that has begun must keep its plan, but for %s of study %s the file and the table differ:\n"
            .formatted(name(record.phase(), record.level()), record.study()));
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!Objects.equals(old.get(name), now.get(name))) {
        message.append(
            "  %s: %s → %s\n".formatted(name, shown(old.get(name)), shown(now.get(name))));
      }
    }
    message.append("Undo the change, or give the study another name (study.name)");
    throw new UserException(message.append(remedy).append('.').toString());
  }

  /** {@code coarse}, {@code fine level 2}. */
  public static String name(Phase phase, int level) {
    return phase == Phase.FINE ? "fine level " + level : phase.label();
  }

  private static String shown(@Nullable String text) {
    return text == null ? "(none)" : text;
  }
}
