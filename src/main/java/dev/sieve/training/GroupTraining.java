package dev.sieve.training;

import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.Tally;
import dev.sieve.network.BatchNorm;
import dev.sieve.network.BatchNorm.Statistics;
import dev.sieve.training.Evaluation.Measured;
import dev.sieve.trial.EpochMetrics;
import dev.sieve.trial.Figures;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialResult;
import dev.sieve.trial.TrialSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The loop over the steps of one group's stage, once. */
final class GroupTraining {
  private final EngineSession session;
  private final TrialGroup group;
  private final PreparedData data;
  private final TrainingListener listener;
  private final Checkpoints checkpoints;

  /** What the whole group shares; λ, η and initial weights are each trial's own. */
  private final TrialSettings settings;

  private final Evaluation evaluation;
  private final BatchOrder order;
  private final Stage stage;
  private final long steps;
  private final long stepsPerEpoch;
  private final long stepsPerRow;
  private final List<TrialProgress> trials = new ArrayList<>();
  private final Tally[] running;
  private final double[] eta;

  GroupTraining(
      EngineSession session,
      TrialGroup group,
      PreparedData data,
      TrainingListener listener,
      Checkpoints checkpoints) {
    this.session = session;
    this.group = group;
    this.data = data;
    this.listener = listener;
    this.checkpoints = checkpoints;
    this.settings = group.first().settings();
    this.evaluation = new Evaluation(session, settings, data, listener);
    this.order = new BatchOrder(group.first(), data.train());
    this.stage = group.first().stage();
    this.steps = settings.steps();
    this.stepsPerEpoch = settings.stepsPerEpoch();
    this.stepsPerRow = settings.stepsPerRow();
    for (Trial trial : group.trials()) {
      trials.add(new TrialProgress(trial));
    }
    this.running = trials.stream().map(TrialProgress::running).toArray(Tally[]::new);
    this.eta = new double[trials.size()];
  }

  List<TrialResult> run() {
    if (stage.from() == 0) {
      untrainedRow();
    } else {
      resume();
    }
    for (long step = stage.from(); step < stage.to() && anyLive(); step++) {
      step(step);
      if (anyLive() && step + 1 < stage.to() && rowIsDue(step + 1)) {
        row(step + 1);
      }
    }
    if (anyLive()) {
      end();
    }
    return trials.stream().map(TrialProgress::result).toList();
  }

  private void untrainedRow() {
    Arrays.setAll(eta, i -> eta(i, 0));
    BatchNorm batchNorm = settings.network().batchNorm();
    if (batchNorm != null && batchNorm.statistics() == Statistics.MOVING_AVERAGE) {
      session.recomputeStatistics(List.of(order.at(0)));
    }
    refreshStatistics();
    rows(0, evaluation.measure(evaluation.train()), true);
  }

  private void resume() {
    List<TrialState> states = checkpoints.states(group, data);
    for (int i = 0; i < states.size(); i++) {
      session.load(i, states.get(i).network());
      trials.get(i).resume(states.get(i));
      running[i] = trials.get(i).running();
    }
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

  private Measured row(long taken) {
    refreshStatistics();
    boolean fullSet = settings.training().fullSetTraining();
    Measured measured = evaluation.measure(fullSet ? evaluation.train() : running);
    rows(taken, measured, fullSet);
    if (rowIsDue(taken)) {
      for (Tally tally : running) {
        tally.clear();
      }
    }
    return measured;
  }

  /** One row of every live trial's curve; a trial with a figure that is not finite ends here. */
  private void rows(long taken, Measured measured, boolean fullSet) {
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (!progress.live()) {
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

  private void end() {
    Measured last = row(stage.to());
    if (!anyLive()) {
      return;
    }
    finish(last);
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (progress.paused()) {
        // Measuring has changed nothing but PreciseBN's statistics, which every row computes anew.
        checkpoints.write(progress.trial, progress.state(session.save(i)));
      }
    }
  }

  /** The full training set after the last step; the last row has the other sets. */
  private void finish(Measured last) {
    Tally[] train = settings.training().fullSetTraining() ? last.train() : evaluation.train();
    Tally[] confused = last.test() == null ? last.validation() : last.test();
    for (int i = 0; i < trials.size(); i++) {
      TrialProgress progress = trials.get(i);
      if (!progress.live()) {
        continue;
      }
      Figures figures = train[i].figures(penalty(i));
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
