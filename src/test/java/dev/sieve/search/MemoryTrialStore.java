package dev.sieve.search;

import dev.sieve.search.results.LeaderboardRow;
import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StoredTrial;
import dev.sieve.search.results.TrialStore;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A result table in memory, ranked as the view {@code leaderboard} ranks. It outlives the study
 * loop that writes to it, and can lose the driver at any write.
 */
public final class MemoryTrialStore implements TrialStore {
  /** What a driver's death looks like from inside. */
  public static final class Crash extends RuntimeException {
    Crash(int write) {
      super("simulated crash at write " + write);
    }
  }

  private final Map<TrialKey, StoredTrial> rows = new LinkedHashMap<>();
  private final Map<TrialKey, String> plans = new LinkedHashMap<>();
  private final List<PhaseRow> records = new ArrayList<>();
  private int writes;
  private int crashBefore = Integer.MAX_VALUE;
  private int crashAfter = Integer.MAX_VALUE;
  private int refusedWrite = -1;
  private RuntimeException refusal = new IllegalStateException();

  /** Dies at the given write from now on, 0-based, before anything of it is durable. */
  public void crashBefore(int write) {
    crashBefore = writes + write;
  }

  /** Dies once the given write from now on is durable. */
  public void crashAfter(int write) {
    crashAfter = writes + write;
  }

  /** Refuses the given write from now on, once. */
  public void refuse(int write, RuntimeException reason) {
    refusedWrite = writes + write;
    refusal = reason;
  }

  /** Writes so far. */
  public int writes() {
    return writes;
  }

  /** Every row's text by its key, ordinals and plans included: "the same table" is this equal. */
  public Map<String, String> table() {
    Map<String, String> table = new TreeMap<>();
    rows.forEach((key, row) -> table.put(key.toString(), row + " plan " + plans.get(key)));
    return table;
  }

  /** The same without ordinals. */
  public Map<String, String> tableWithoutOrdinals() {
    Map<String, String> table = table();
    table.replaceAll((key, text) -> text.replaceAll("ordinal=\\d+", ""));
    return table;
  }

  @Override
  public List<StoredTrial> trials(Phase phase, int level) {
    Map<TrialKey, StoredTrial> highest = new LinkedHashMap<>();
    for (StoredTrial row : rungs(phase, level)) {
      highest.merge(trial(row.key()), row, (a, b) -> a.key().rung() > b.key().rung() ? a : b);
    }
    return List.copyOf(highest.values());
  }

  @Override
  public List<StoredTrial> rungs(Phase phase, int level) {
    return rows.values().stream()
        .filter(row -> row.key().phase() == phase && row.key().level() == level)
        .toList();
  }

  private static TrialKey trial(TrialKey key) {
    return new TrialKey(
        key.study(), key.phase(), key.level(), key.configuration(), key.replicate(), 0);
  }

  @Override
  public void prune(Collection<TrialKey> keys) {
    write(
        () -> {
          for (TrialKey key : keys) {
            StoredTrial row = Objects.requireNonNull(rows.get(key), "a row of " + key);
            rows.put(
                key,
                new StoredTrial(
                    key,
                    row.ordinal(),
                    Status.PRUNED,
                    row.validationAccuracy(),
                    row.model(),
                    row.settings()));
          }
        });
  }

  @Override
  public void commit(PhasePlan plan, List<TrialOutcome> outcomes) {
    write(
        () -> {
          for (TrialOutcome outcome : outcomes) {
            TrialKey key = outcome.trial().key();
            Metrics validation = outcome.result().validation();
            rows.put(
                key,
                new StoredTrial(
                    key,
                    outcome.trial().ordinal(),
                    outcome.result().status(),
                    validation == null ? null : validation.accuracy(),
                    null,
                    outcome.trial().settings().settings()));
            plans.put(key, plan.hash());
          }
        });
  }

  @Override
  public List<PhaseRow> phases() {
    Map<String, PhaseRow> newest = new TreeMap<>();
    records.forEach(record -> newest.put(record.phase().ordinal() + "/" + record.level(), record));
    return List.copyOf(newest.values());
  }

  @Override
  public void save(PhaseRow record) {
    write(() -> records.add(record));
  }

  @Override
  public List<LeaderboardRow> leaderboard(Phase phase, int level) {
    Map<String, List<StoredTrial>> configurations = new TreeMap<>();
    for (StoredTrial row : trials(phase, level)) {
      configurations.computeIfAbsent(row.key().configuration(), id -> new ArrayList<>()).add(row);
    }
    int replicates = configurations.values().stream().mapToInt(List::size).max().orElse(0);
    List<LeaderboardRow> ranked = new ArrayList<>();
    configurations.forEach((id, trials) -> ranked.add(rank(id, trials, replicates)));
    ranked.sort(
        Comparator.comparing((LeaderboardRow row) -> !row.eligible())
            .thenComparing(Comparator.comparingDouble(MemoryTrialStore::accuracy).reversed())
            .thenComparing(LeaderboardRow::configuration));
    List<LeaderboardRow> numbered = new ArrayList<>();
    for (LeaderboardRow row : ranked) {
      numbered.add(
          new LeaderboardRow(
              numbered.size() + 1,
              row.configuration(),
              row.status(),
              row.replicates(),
              row.validationAccuracy(),
              row.standardError(),
              row.trial(),
              row.settings()));
    }
    return numbered;
  }

  @Override
  public String leaderboardSql(Phase phase, int level) {
    return "SELECT * FROM leaderboard WHERE phase = '%s' AND level = %s ORDER BY rank"
        .formatted(phase.label(), level);
  }

  @Override
  public void close() {}

  private static LeaderboardRow rank(String id, List<StoredTrial> trials, int replicates) {
    Status worst = Status.PAUSED;
    double sum = 0;
    int measured = 0;
    int done = 0;
    StoredTrial first = trials.get(0);
    for (StoredTrial trial : trials) {
      worst = trial.status().compareTo(worst) > 0 ? trial.status() : worst;
      first = trial.key().replicate() < first.key().replicate() ? trial : first;
      Double accuracy = trial.validationAccuracy();
      if (accuracy != null) {
        sum += accuracy;
        measured++;
      }
      done += trial.status() == Status.DONE ? 1 : 0;
    }
    String status = worst == Status.DONE && done < replicates ? "incomplete" : worst.label();
    Double mean = measured == 0 ? null : sum / measured;
    return new LeaderboardRow(
        0, id, status, measured, mean, null, first.ordinal(), first.settings());
  }

  private static double accuracy(LeaderboardRow row) {
    @Nullable Double accuracy = row.validationAccuracy();
    return accuracy == null ? -1 : accuracy;
  }

  private void write(Runnable change) {
    int write = writes++;
    if (write == refusedWrite) {
      throw refusal;
    }
    if (write == crashBefore) {
      throw new Crash(write);
    }
    change.run();
    if (write == crashAfter) {
      throw new Crash(write);
    }
  }
}
