package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Checkpoint;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.training.Evaluation.Measured;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Metrics;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialSettings;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loop over the steps of a stage, for trials that stand at the same one. */
final class TrainingLoop {
  private final EngineSession session;
  private final TrainingListener listener;
  private final Checkpoints checkpoints;
  private final Keeping keeping;
  private final PreparedData data;

  /** What all trials share; λ, η and initial weights are each trial's own. */
  private final TrialSettings settings;

  private final Evaluation evaluation;
  private final BatchOrder order;
  private final Stage stage;
  private final long steps;
  private final long stepsPerEpoch;
  private final long stepsPerRow;
  private final List<TrialProgress> trials;
  private final MetricAccumulator[] running;
  private final double[] eta;
  private long taken;

  /**
   * @param trials of the session, in its order; Modified: they end, or come to rest further on
   */
  TrainingLoop(
      EngineSession session,
      List<TrialProgress> trials,
      PreparedData data,
      TrainingListener listener,
      Checkpoints checkpoints,
      Keeping keeping) {
    Trial first = trials.get(0).trial;
    this.session = session;
    this.trials = trials;
    this.data = data;
    this.listener = listener;
    this.checkpoints = checkpoints;
    this.keeping = keeping;
    this.settings = first.settings();
    this.evaluation = new Evaluation(session, settings, data, listener);
    this.order = new BatchOrder(first, data.train());
    this.stage = first.stage();
    this.steps = settings.steps();
    this.stepsPerEpoch = settings.stepsPerEpoch();
    this.stepsPerRow = settings.stepsPerRow();
    this.running = trials.stream().map(TrialProgress::running).toArray(MetricAccumulator[]::new);
    this.eta = new double[trials.size()];
    this.taken = trials.get(0).taken();
  }

  /**
   * Trains to the stage's end, or to a step before it where others join.
   *
   * @param until that step; null for the end
   * @throws TrainingStoppedException if the listener asks for it, with what there is kept
   */
  void run(@Nullable Long until) {
    load();
    try {
      begin();
      train(until == null ? stage.to() : until);
      if (until == null && anyLive()) {
        end();
      }
    } catch (TrainingStoppedException e) {
      keeping.keep(session, trials, taken);
      throw e;
    }
    for (int i = 0; i < trials.size(); i++) {
      if (trials.get(i).live()) {
        trials.get(i).rest(session.save(i));
      }
    }
  }

  private void load() {
    for (int i = 0; i < trials.size(); i++) {
      Checkpoint network = trials.get(i).takeNetwork();
      if (network != null) {
        session.load(i, network);
      }
    }
  }

  private void begin() {
    if (taken == 0) {
      untrainedRow();
      return;
    }
    Arrays.setAll(eta, i -> eta(i, taken - 1));
    // Whoever stopped while a row was measured has kept the step without it.
    boolean missing = trials.stream().anyMatch(progress -> !progress.hasRow(taken));
    if (taken > stage.from() && taken < stage.to() && rowIsDue(taken) && missing) {
      row();
    }
  }

  private void train(long until) {
    while (taken < until && anyLive()) {
      step(taken);
      taken++;
      if (taken == stage.to() || !anyLive()) {
        return;
      }
      if (rowIsDue(taken)) {
        row();
      }
      if (keeping.due() && anyLive()) {
        keeping.keep(session, trials, taken);
      }
    }
  }

  private void untrainedRow() {
    Arrays.setAll(eta, i -> eta(i, 0));
    BatchNorm batchNorm = settings.network().batchNorm();
    if (batchNorm != null && batchNorm.statistics() == Statistics.MOVING_AVERAGE) {
      session.recomputeStatistics(List.of(order.at(0)));
    }
    refreshStatistics();
    rows(evaluation.measure(evaluation.train()), true);
  }

  private void step(long step) {
    stopIfRequested();
    Batch batch = order.at(step);
    Arrays.setAll(eta, i -> eta(i, step));
    session.step(batch, eta, running);
    for (int i = 0; i < trials.size(); i++) {
      if (trials.get(i).live() && !running[i].finite()) {
        diverge(i, step + 1);
      }
    }
  }

  /** Whether a trial has a row here whatever stages it is trained in. */
  private boolean rowIsDue(long taken) {
    return taken == steps || taken % stepsPerRow == 0;
  }

  private void row() {
    refreshStatistics();
    boolean fullSet = settings.training().fullSetTraining();
    rows(evaluation.measure(fullSet ? evaluation.train() : running), fullSet);
    clearRunning();
  }

  private void clearRunning() {
    for (MetricAccumulator tally : running) {
      tally.clear();
    }
  }

  /**
   * One row of every live trial's curve that does not have it; a trial with a figure that is not
   * finite ends here.
   */
  private void rows(Measured measured, boolean fullSet) {
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (!progress.live() || progress.hasRow(taken)) {
        continue;
      }
      double penalty = penalty(i);
      EpochMetrics row =
          new EpochMetrics(
              epochOf(taken),
              taken,
              eta[i],
              measured.train()[i].figures(penalty),
              measured.validation()[i].figures(penalty),
              measured.test() == null ? null : measured.test()[i].figures(penalty),
              fullSet);
      if (finite(row)) {
        progress.add(row, rowIsDue(taken));
        listener.row(progress.trial, row);
      } else {
        diverge(i, taken);
      }
    }
  }

  /** All is measured first: whoever stops within has the last step as it was. */
  private void end() {
    refreshStatistics();
    boolean fullSet = settings.training().fullSetTraining();
    Measured last = evaluation.measure(fullSet ? evaluation.train() : running);
    MetricAccumulator[] train = fullSet ? last.train() : evaluation.train();
    rows(last, fullSet);
    if (rowIsDue(taken)) {
      clearRunning();
    }
    finish(last, train);
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (progress.paused()) {
        // Measuring has changed nothing but PreciseBN's statistics, which every row computes anew.
        checkpoints.write(progress.trial, progress.state(session.save(i)));
      }
    }
  }

  /**
   * @param train the full training set after the last step; the last row has the other sets
   */
  private void finish(Measured last, MetricAccumulator[] train) {
    MetricAccumulator[] confused = last.test() == null ? last.validation() : last.test();
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (!progress.live()) {
        continue;
      }
      Metrics figures = train[i].figures(penalty(i));
      if (figures.finite()) {
        boolean model = settings.keepModel() && stage.to() == steps;
        progress.finish(
            stage.to() == steps ? Status.DONE : Status.PAUSED,
            figures,
            confused[i].confusion(),
            model ? session.parameters(i) : null,
            stage.to());
      } else {
        diverge(i, stage.to());
      }
    }
  }

  /** PreciseBN: the statistics of the first training images with the weights as they are. */
  private void refreshStatistics() {
    int images = settings.network().preciseImages();
    if (images > 0) {
      stopIfRequested();
      session.recomputeStatistics(
          Batches.first(data.train(), images, settings.training().batchSize()));
    }
  }

  private void diverge(int i, long taken) {
    trials.get(i).diverge(taken, epochOf(taken));
    session.drop(i);
  }

  private void stopIfRequested() {
    if (listener.stopRequested()) {
      throw new TrainingStoppedException();
    }
  }

  private boolean anyLive() {
    return trials.stream().anyMatch(TrialProgress::live);
  }

  private double eta(int i, long step) {
    return trials.get(i).trial.settings().training().schedule().at(step, stepsPerEpoch);
  }

  private double penalty(int i) {
    return trials.get(i).trial.settings().training().lambda() * session.squaredWeights(i);
  }

  /**
   * The epoch, counted from 1, that the last of {@code taken} steps lies in; 0 before the first.
   */
  private int epochOf(long taken) {
    return (int) ((taken + stepsPerEpoch - 1) / stepsPerEpoch);
  }

  private static boolean finite(EpochMetrics row) {
    return row.train().finite()
        && row.validation().finite()
        && (row.test() == null || row.test().finite());
  }
}
