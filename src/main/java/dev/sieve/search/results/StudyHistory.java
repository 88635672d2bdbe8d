package dev.sieve.search.results;

import dev.sieve.error.UserException;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that the tables hold of one study at one moment: what planners, rungs, reports and every
 * command decide by. The SQL views that users query say the same, and tests hold both to one
 * answer.
 */
public final class StudyHistory {
  /** Line of the identity of a fine level that zooms in on another one. */
  public static final String PARENT = "box.parent";

  /** Parts of changed data that a refusal names. */
  private static final int MOST_PARTS = 12;

  private static final Comparator<TrialRow> IN_ORDER =
      Comparator.comparing((TrialRow row) -> row.key().phase())
          .thenComparing(row -> row.key().level())
          .thenComparing(TrialRow::ordinal)
          .thenComparing(row -> row.key().rung());

  private final String study;
  private final List<PhaseRow> phases;
  private final List<TrialRow> rungs;
  private final List<TrialRow> trials;
  private final String damaged;
  private final Map<Place, List<LeaderboardRow>> leaderboards = new HashMap<>();

  /** One leaderboard, best first. */
  public record Board(Phase phase, int level, List<LeaderboardRow> rows) {
    public Board {
      rows = List.copyOf(rows);
    }
  }

  /** What the next phase takes, and the search phase that it won. */
  public record Pick(Phase phase, int level, LeaderboardRow row) {}

  private record Place(Phase phase, int level) {}

  /**
   * The history of what is stored.
   *
   * @param phases the newest row of each phase and level
   * @param rows the newest row of each key, one for each rung that a trial reached
   * @param damaged folder of trials' rows of which a file cannot be read; empty where all can
   */
  public StudyHistory(
      String study, Collection<PhaseRow> phases, Collection<TrialRow> rows, String damaged) {
    this.study = study;
    this.phases =
        phases.stream()
            .sorted(Comparator.comparing(PhaseRow::phase).thenComparing(PhaseRow::level))
            .toList();
    this.rungs = rows.stream().sorted(IN_ORDER).toList();
    Map<TrialKey, TrialRow> highest = new LinkedHashMap<>();
    rungs.forEach(
        row ->
            highest.merge(row.key().at(0), row, (a, b) -> a.key().rung() > b.key().rung() ? a : b));
    this.trials = highest.values().stream().sorted(IN_ORDER).toList();
    this.damaged = damaged;
  }

  /** A study that has no row. */
  public static StudyHistory empty(String study) {
    return new StudyHistory(study, List.of(), List.of(), "");
  }

  public String study() {
    return study;
  }

  /** In order: coarse, fine by level, final. */
  public List<PhaseRow> phases() {
    return phases;
  }

  /** Every trial at its highest rung, by phase, level and ordinal. */
  public List<TrialRow> trials() {
    return trials;
  }

  /** The same of one phase. */
  public List<TrialRow> trials(Phase phase, int level) {
    return of(trials, phase, level);
  }

  /** Every trial at every rung that it reached, by phase, level, ordinal and rung. */
  public List<TrialRow> rungs() {
    return rungs;
  }

  /** The same of one phase. */
  public List<TrialRow> rungs(Phase phase, int level) {
    return of(rungs, phase, level);
  }

  private static List<TrialRow> of(List<TrialRow> rows, Phase phase, int level) {
    return rows.stream()
        .filter(row -> row.key().phase() == phase && row.key().level() == level)
        .toList();
  }

  /** Whether trials of the study stop at rungs. */
  public boolean halves() {
    return trials.stream()
        .anyMatch(
            row ->
                row.key().rung() > 0
                    || row.status() == Status.PAUSED
                    || row.status() == Status.PRUNED);
  }

  /** A phase's configurations by rank, as far as rows can be read: to be shown. */
  public List<LeaderboardRow> ranking(Phase phase, int level) {
    return leaderboards.computeIfAbsent(
        new Place(phase, level), place -> List.copyOf(Ranking.of(trials(phase, level))));
  }

  /**
   * A phase's configurations by rank: to be picked from.
   *
   * @throws UserException if rows of the phase may be in a damaged file
   */
  public List<LeaderboardRow> leaderboard(Phase phase, int level) {
    requireAllRows(phase, level);
    return ranking(phase, level);
  }

  /** The SQL text that gives the same, to be shown to users. */
  public String leaderboardSql(Phase phase, int level) {
    return "SELECT rank, configuration, status, replicates, validation_accuracy, validation_accuracy_se, trial, settings FROM leaderboard WHERE study = '%s' AND phase = '%s' AND level = %s ORDER BY rank"
        .formatted(study, phase.label(), level);
  }

  /** Nothing is picked from what a damaged file left over. */
  private void requireAllRows(Phase phase, int level) {
    PhaseRow record = find(phase, level);
    if (damaged.isEmpty() || record == null) {
      return;
    }
    // Each trial once, whatever rungs it has rows of. One that waits at a rung has not ended, but
    // where a budget ended the phase.
    long ended =
        trials(phase, level).stream()
            .filter(row -> row.status() != Status.PAUSED || !record.cut().isEmpty())
            .count();
    if (ended < record.trials()) {
      throw new UserException(
          "a pick needs every trial of %s, but %s of %s have ended and a file among %s is damaged: run submit/%s again, which trains what is missing, or move the file out of the results to go on without it"
              .formatted(phase.label(), ended, record.trials(), damaged, phase.label()));
    }
  }

  /** One for each phase and level with trials. */
  public List<Board> boards() {
    return trials.stream()
        .map(row -> new Place(row.key().phase(), row.key().level()))
        .distinct()
        .map(at -> new Board(at.phase(), at.level(), ranking(at.phase(), at.level())))
        .toList();
  }

  /**
   * What the view {@code best} has: rank 1, if done, of the last finished fine level, or of coarse.
   */
  public @Nullable Pick pick() {
    PhaseRow last = lastFinished();
    List<LeaderboardRow> ranked =
        last == null ? List.<LeaderboardRow>of() : ranking(last.phase(), last.level());
    return last == null || ranked.isEmpty() || !ranked.get(0).eligible()
        ? null
        : new Pick(last.phase(), last.level(), ranked.get(0));
  }

  public @Nullable PhaseRow find(Phase phase, int level) {
    return phases.stream()
        .filter(record -> record.phase() == phase && record.level() == level)
        .findFirst()
        .orElse(null);
  }

  /** The highest fine level that was begun; 0 for none. */
  public int lastFineLevel() {
    return phases.stream()
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
    String into = parent == 0 ? null : PhaseRow.name(Phase.FINE, parent);
    return phases.stream()
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
    if (PhasePlan.decisive(old).equals(PhasePlan.decisive(now))) {
      return;
    }
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    List<String> parts = names.stream().filter(PhasePlan::isDataPart).toList();
    names.removeIf(PhasePlan::isDataPart);
    // Plans of before have no such lines.
    boolean told = old.keySet().stream().anyMatch(PhasePlan::isDataPart);
    int shown = told ? Math.min(MOST_PARTS, parts.size()) : 0;
    names.addAll(parts.subList(0, shown));
    StringBuilder message = new StringBuilder();
    message.append(
        "a phase that has begun must keep its plan, but for %s of study %s the file and the table differ:\n"
            .formatted(record.name(), record.study()));
    for (String name : names) {
      message.append("  %s: %s → %s\n".formatted(name, shown(old.get(name)), shown(now.get(name))));
    }
    if (told && shown < parts.size()) {
      message.append("  and %s parts of the data more\n".formatted(parts.size() - shown));
    }
    message.append("Undo the change, or give the study another name (study.name)");
    throw new UserException(message.append(remedy).append('.').toString());
  }

  private static String shown(@Nullable String text) {
    return text == null ? "(none)" : text;
  }
}
