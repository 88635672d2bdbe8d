package dev.sieve.report.page;

import dev.sieve.search.results.PhaseRow;
import dev.sieve.search.results.StudyHistory;
import dev.sieve.search.results.TrialRow;
import dev.sieve.trial.ConfusionMatrix;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Phase;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Studies as the tables would give them, of any size. */
final class Histories {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final String COARSE_BOX =
      "training.lambda log10 = [-4, -3]; training.schedule.eta log10 = [-1.5, -1] around coarse"
          + " trial 3 (c3)";

  private Histories() {}

  static PageData.Surroundings around() {
    byte[] pixels = new byte[2 * 48];
    return new PageData.Surroundings(
        "1.2.3",
        "data/results",
        START,
        List.of("cat", "dog"),
        new FirstLayer(2, 2, 4, 3, pixels),
        null);
  }

  static StudyHistory empty(String study) {
    return StudyHistory.empty(study);
  }

  /** Coarse trials alone, still running; the second has diverged, the third failed. */
  static StudyHistory running(String study, String error) {
    List<TrialRow> trials = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      trials.add(trial(study, Phase.COARSE, 0, i, 0, 4, Status.DONE, null));
    }
    trials.set(1, trial(study, Phase.COARSE, 0, 1, 0, 4, Status.DIVERGED, null));
    trials.set(2, trial(study, Phase.COARSE, 0, 2, 0, 4, Status.FAILED, error));
    return new StudyHistory(
        study, List.of(phase(study, Phase.COARSE, 0, 20, PhaseRow.State.RUNNING, "")), trials, "");
  }

  /** A study that has ended: coarse, fine with three replicates, final with two. */
  static StudyHistory finished(String study, int coarse, int fine, int epochs) {
    List<TrialRow> trials = new ArrayList<>();
    List<TrialRow> coarseTrials = new ArrayList<>();
    for (int i = 0; i < coarse; i++) {
      coarseTrials.add(trial(study, Phase.COARSE, 0, i, 0, epochs, Status.DONE, null));
    }
    List<TrialRow> fineTrials = new ArrayList<>();
    for (int i = 0; i < 3 * fine; i++) {
      fineTrials.add(trial(study, Phase.FINE, 1, i, i % 3, epochs, Status.DONE, null));
    }
    trials.addAll(coarseTrials);
    trials.addAll(fineTrials);
    for (int i = 0; i < 2; i++) {
      trials.add(trial(study, Phase.FINAL, 0, i, i, epochs, Status.DONE, null));
    }
    return new StudyHistory(
        study,
        List.of(
            phase(study, Phase.COARSE, 0, coarse, PhaseRow.State.DONE, ""),
            phase(study, Phase.FINE, 1, 3 * fine, PhaseRow.State.DONE, COARSE_BOX),
            phase(study, Phase.FINAL, 0, 2, PhaseRow.State.DONE, "trial 6 of fine")),
        trials,
        "");
  }

  /** A study whose trials stop at rungs: two of three at the first. */
  static StudyHistory halving(String study) {
    List<TrialRow> rows = new ArrayList<>();
    for (TrialRow row : running(study, "x").trials()) {
      int i = row.ordinal();
      if (i < 9) {
        rows.add(at(row, 0, 2, i % 3 == 0 ? Status.PAUSED : Status.PRUNED, 0.3 + 0.01 * i));
        if (i % 3 == 0) {
          rows.add(at(row, 1, 6, Status.DONE, 0.4));
        }
      }
    }
    return new StudyHistory(study, running(study, "x").phases(), rows, "");
  }

  private static TrialRow at(TrialRow row, int rung, int epochs, Status status, double accuracy) {
    Metrics end = new Metrics(accuracy, 2.3 - accuracy, 2.4 - accuracy);
    TrialResult result =
        new TrialResult(
            status,
            10L * epochs,
            epochs,
            end,
            end,
            null,
            row.result().curve(),
            null,
            null,
            null,
            null);
    return new TrialRow(
        row.key().at(rung), row.ordinal(), result, row.run(), row.settings(), null, row.origin());
  }

  private static PhaseRow phase(
      String study, Phase phase, int level, int trials, PhaseRow.State state, String box) {
    TreeMap<String, String> identity = new TreeMap<>();
    if (phase == Phase.COARSE) {
      identity.put("space.training.lambda", "log10 = [-5, -1]");
      identity.put("space.training.schedule.eta", "log10 = [-2, 0]");
      identity.put("space.network.init.sigma", "values");
    }
    return new PhaseRow(
        study, phase, level, "plan", identity, trials, state, "", box, "study.name = x\n");
  }

  /** Deterministic and smooth: the accuracy falls with the distance from a point of the space. */
  static TrialRow trial(
      String study,
      Phase phase,
      int level,
      int ordinal,
      int replicate,
      int epochs,
      Status status,
      @Nullable String error) {
    int point = phase == Phase.COARSE ? ordinal : ordinal / 3;
    double lambda = -5 + 4 * ((point * 7) % 31 / 30.0);
    double eta = -2 + 2 * ((point * 5) % 17 / 16.0);
    String sigma = point % 2 == 0 ? "0.001" : "0.01";
    double last = 0.5 - 0.02 * Math.abs(lambda + 3) - 0.1 * Math.abs(eta + 0.8) + 0.002 * replicate;
    List<EpochMetrics> curve = new ArrayList<>();
    for (int epoch = 0; epoch <= epochs; epoch++) {
      double a = 0.1 + (last - 0.1) * epoch / Math.max(1, epochs);
      Metrics figures = new Metrics(a, 2.3 - a, 2.4 - a);
      curve.add(
          new EpochMetrics(epoch, 10L * epoch, Math.pow(10, eta), figures, figures, null, false));
    }
    boolean done = status == Status.DONE;
    Metrics end = done ? new Metrics(last, 2.3 - last, 2.4 - last) : null;
    TrialResult result =
        new TrialResult(
            status,
            10L * epochs,
            epochs,
            end,
            end,
            phase == Phase.FINAL ? end : null,
            status == Status.FAILED ? List.of() : curve,
            done ? new ConfusionMatrix(List.of(List.of(5, 1), List.of(2, 4))) : null,
            status == Status.DIVERGED ? 2 : null,
            error,
            null);
    return new TrialRow(
        new TrialKey(study, phase, level, "c" + point, replicate, 0),
        ordinal,
        result,
        new RunInfo(
            "host",
            "driver",
            0,
            START.plusSeconds(ordinal),
            1.5,
            "vector",
            512,
            "17",
            "G1",
            "C2",
            "4",
            "1"),
        new TreeMap<>(
            Map.of(
                "training.lambda",
                Double.toString(Math.pow(10, lambda)),
                "training.schedule.eta",
                Double.toString(Math.pow(10, eta)),
                "network.init.sigma",
                sigma)),
        null,
        new TrialRow.Origin(
            1,
            "cifar-10",
            "abc",
            "plan",
            "vector",
            1,
            phase == Phase.COARSE ? 1 : phase == Phase.FINE ? 3 : 2,
            1));
  }
}
