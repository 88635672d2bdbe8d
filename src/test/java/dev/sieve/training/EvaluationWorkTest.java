package dev.sieve.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.data.Standardiser;
import dev.sieve.engine.Batch;
import dev.sieve.engine.Engine;
import dev.sieve.engine.EngineSession;
import dev.sieve.engine.TestTrials;
import dev.sieve.engine.reference.ReferenceEngine;
import dev.sieve.network.BatchNorm;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trial says of its evaluations' cost is what its training passes forward. */
final class EvaluationWorkTest {
  static Stream<TestTrials> trials() {
    return Stream.of(
        new TestTrials(),
        new TestTrials().evaluateEvery(3),
        new TestTrials().evaluateEvery(3).fullSetTraining(),
        new TestTrials().evaluateTest(),
        new TestTrials().keepModel(),
        new TestTrials().batchNorm(precise(12)).evaluateEvery(5),
        new TestTrials().batchNorm(precise(1000)),
        new TestTrials().evaluateEvery(3).stage(0, 0, 3),
        new TestTrials().evaluateEvery(2).stage(0, 0, 5));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void everyImageThatPassesForwardCounts(TestTrials made) {
    Trial trial = made.trial();
    int[] images = {0};
    new Trainer(new Counting(images))
        .train(
            new TrialGroup(List.of(trial)), made.data(), new Recorder(), new MemoryCheckpoints());
    assertThat(trial.evaluationWork(made.data().test().count()))
        .isEqualTo((double) images[0] * trial.settings().network().forwardFlops());
  }

  private static BatchNorm precise(int images) {
    return new BatchNorm(
        BatchNorm.Placement.BEFORE_ACTIVATION,
        true,
        1e-5,
        BatchNorm.Statistics.PRECISE,
        0.9,
        images);
  }

  /** The reference engine; counts images of evaluations. */
  private record Counting(int[] images) implements Engine {
    private static final Engine ENGINE = new ReferenceEngine();

    @Override
    public String type() {
      return ENGINE.type();
    }

    @Override
    public String provider() {
      return ENGINE.provider();
    }

    @Override
    public int vectorBits() {
      return ENGINE.vectorBits();
    }

    @Override
    public EngineSession open(TrialGroup group, Standardiser standardiser) {
      EngineSession session = ENGINE.open(group, standardiser);
      return (EngineSession)
          Proxy.newProxyInstance(
              EngineSession.class.getClassLoader(),
              new Class<?>[] {EngineSession.class},
              (proxy, method, arguments) -> counted(session, method, arguments));
    }

    private Object counted(EngineSession session, Method method, Object[] arguments)
        throws ReflectiveOperationException {
      if (method.getName().equals("evaluate")) {
        images[0] += ((Batch) arguments[0]).count();
      } else if (method.getName().equals("recomputeStatistics")) {
        for (Object batch : (List<?>) arguments[0]) {
          images[0] += ((Batch) batch).count();
        }
      }
      return method.invoke(session, arguments);
    }
  }
}
