package dev.sieve.search;

import dev.sieve.search.results.PhasePlan;
import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.search.results.TrialStore;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A result table in memory. It outlives the study loop that writes to it, and can lose the driver
 * at any write.
 */
public final class MemoryTrialStore implements TrialStore {
  /** What a driver's death looks like from inside. */
  public static final class Crash extends RuntimeException {
    Crash(int write) {
      super("simulated crash at write " + write);
    }
  }

  private final Map<TrialKey, TrialRow> rows = new LinkedHashMap<>();
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
    rows.forEach(
        (key, row) ->
            table.put(
                key.toString(),
                "ordinal=%s %s %s %s plan %s"
                    .formatted(
                        row.ordinal(),
                        row.status(),
                        row.validationAccuracy(),
                        row.settings(),
                        row.origin().plan())));
    return table;
  }

  /** The same without ordinals. */
  public Map<String, String> tableWithoutOrdinals() {
    Map<String, String> table = table();
    table.replaceAll((key, text) -> text.replaceAll("ordinal=\\d+", ""));
    return table;
  }

  @Override
  public StudyHistory history() {
    Map<String, PhaseRow> newest = new TreeMap<>();
    records.forEach(record -> newest.put(record.name(), record));
    String study = records.isEmpty() ? "" : records.get(0).study();
    return new StudyHistory(study, newest.values(), rows.values(), "");
  }

  @Override
  public void prune(Collection<TrialKey> keys) {
    write(
        () -> {
          for (TrialKey key : keys) {
            TrialRow row = Objects.requireNonNull(rows.get(key), "a row of " + key);
            rows.put(key, row(row, Status.PRUNED));
          }
        });
  }

  private static TrialRow row(TrialRow row, Status status) {
    TrialResult result = row.result();
    TrialResult other =
        new TrialResult(
            status,
            result.steps(),
            result.epochs(),
            result.train(),
            result.validation(),
            result.test(),
            result.curve(),
            result.confusion(),
            result.divergedEpoch(),
            result.error(),
            null);
    return new TrialRow(
        row.key(), row.ordinal(), other, row.run(), row.settings(), row.model(), row.origin());
  }

  @Override
  public void commit(PhasePlan plan, List<TrialOutcome> outcomes) {
    write(
        () -> {
          for (TrialOutcome outcome : outcomes) {
            TrialKey key = outcome.trial().key();
            long replicates =
                plan.trials().stream()
                    .filter(t -> t.key().configuration().equals(key.configuration()))
                    .mapToInt(Trial::replicate)
                    .distinct()
                    .count();
            rows.put(
                key,
                new TrialRow(
                    key,
                    outcome.trial().ordinal(),
                    outcome.result(),
                    null,
                    outcome.trial().settings().settings(),
                    null,
                    new TrialRow.Origin(0, "", "", plan.hash(), "", 0, (int) replicates, writes)));
          }
        });
  }

  @Override
  public void save(PhaseRow record) {
    write(() -> records.add(record));
  }

  @Override
  public void close() {}

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
