package dev.sieve.training;

import dev.sieve.data.ExampleView;
import dev.sieve.data.PreparedData;
import dev.sieve.engine.Batch;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.MetricAccumulator;
import dev.sieve.trial.TrialSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Measures the live networks of a session on full sets of images, with evaluation statistics. */
final class Evaluation {
  /**
   * Images an evaluation batch: figures do not depend on it; a request to stop is heard this often.
   */
  private static final int BATCH = 200;

  private final EngineSession session;
  private final PreparedData data;
  private final TrainingListener listener;
  private final int classes;
  private final boolean measuresTest;
  private final boolean testIsValidation;

  Evaluation(
      EngineSession session, TrialSettings settings, PreparedData data, TrainingListener listener) {
    this.session = session;
    this.data = data;
    this.listener = listener;
    this.classes = settings.network().classes();
    this.measuresTest = settings.measuresTest();
    this.testIsValidation = same(data.validation(), data.test());
  }

  /** One tally a network. */
  MetricAccumulator[] train() {
    return tallies(data.train());
  }

  /** What a row needs besides {@code train}; one pass over a set that is validation and test. */
  Measured measure(MetricAccumulator[] train) {
    MetricAccumulator[] validation = tallies(data.validation());
    if (!measuresTest) {
      return new Measured(train, validation, null);
    }
    return new Measured(train, validation, testIsValidation ? validation : tallies(data.test()));
  }

  private MetricAccumulator[] tallies(ExampleView view) {
    MetricAccumulator[] tallies = new MetricAccumulator[session.size()];
    Arrays.setAll(tallies, i -> new MetricAccumulator(classes));
    for (Batch batch : Batches.all(view, BATCH)) {
      if (listener.stopRequested()) {
        throw new TrainingStoppedException();
      }
      session.evaluate(batch, tallies);
    }
    return tallies;
  }

  private static boolean same(ExampleView a, ExampleView b) {
    return a.examples() == b.examples() && Arrays.equals(a.indices(), b.indices());
  }

  /**
   * What a row is made of, one tally a network.
   *
   * @param test null where the trials do not touch test data
   */
  record Measured(
      MetricAccumulator[] train,
      MetricAccumulator[] validation,
      MetricAccumulator @Nullable [] test) {}
}
