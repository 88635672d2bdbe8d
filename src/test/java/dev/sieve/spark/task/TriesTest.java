package dev.sieve.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sieve.spark.Fixtures;
import dev.sieve.spark.task.GroupJob.GivenUpException;
import dev.sieve.trial.Status;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order in which groups that Spark gives up are tried again, without Spark. */
@Timeout(60)
final class TriesTest {
  private final ExecutorService setApart = Executors.newSingleThreadExecutor();
  private final ExecutorService two = Executors.newFixedThreadPool(2);
  private final BlockingQueue<List<TrialOutcome>> ended = new LinkedBlockingQueue<>();
  private final Tries tries = new Tries(false, "4", setApart, ended::add, Duration.ZERO);

  /** Trials as they are handed to Spark, from 1; those tried alone are negative. */
  private final BlockingQueue<Integer> jobs = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    setApart.shutdownNow();
    two.shutdownNow();
  }

  private List<Status> run(int groups, IntPredicate dies, IntPredicate diesAlone)
      throws InterruptedException {
    for (int i = 0; i < groups; i++) {
      tries.submitted();
    }
    for (int i = 0; i < groups; i++) {
      TrialGroup group = Fixtures.group(Fixtures.trial(i + 1, 0, 0.1));
      two.execute(() -> tries.run(group, submission(dies, diesAlone)));
    }
    Status[] statuses = new Status[groups];
    for (int i = 0; i < groups; i++) {
      List<TrialOutcome> outcomes = ended.poll(30, TimeUnit.SECONDS);
      assertThat(outcomes).hasSize(1);
      statuses[outcomes.get(0).trial().ordinal() - 1] = outcomes.get(0).result().status();
    }
    return List.of(statuses);
  }

  private Tries.Submission submission(IntPredicate dies, IntPredicate diesAlone) {
    return new Tries.Submission() {
      @Override
      public List<TrialOutcome> job(TrialGroup group, int lostBefore) throws GivenUpException {
        int trial = group.first().ordinal();
        boolean alone = lostBefore > 0;
        jobs.add(alone ? -trial : trial);
        if ((alone ? diesAlone : dies).test(trial)) {
          throw new GivenUpException(
              "its executor died", lostBefore + 1, false, new IllegalStateException("dead"));
        }
        return List.of(Fixtures.done(group.first(), 0.5));
      }

      @Override
      public boolean withdrawn() {
        return false;
      }
    };
  }

  @Test
  void whatIsGivenUpGoesOnAfterAllOthersAndAlone() throws InterruptedException {
    assertThat(run(9, trial -> trial == 2 || trial == 5, trial -> trial == 5))
        .containsExactly(
            Status.DONE,
            Status.DONE,
            Status.DONE,
            Status.DONE,
            Status.LOST,
            Status.DONE,
            Status.DONE,
            Status.DONE,
            Status.DONE);
    List<Integer> order = new ArrayList<>(jobs);
    assertThat(order.subList(0, 9)).allMatch(trial -> trial > 0);
    assertThat(order.subList(9, 11)).containsExactlyInAnyOrder(-2, -5);
  }

  /** Two run at once, and such that end together count once. */
  @Test
  void whereAllAreGivenUpTheFirstIsTriedAloneBeforeTheRest() throws InterruptedException {
    assertThat(run(20, trial -> true, trial -> true)).hasSize(20).containsOnly(Status.LOST);
    List<Integer> order = new ArrayList<>(jobs);
    assertThat(order).hasSize(40);
    int first = order.stream().filter(trial -> trial < 0).mapToInt(order::indexOf).min().orElse(-1);
    assertThat(first).isBetween(3, 7);
  }

  @Test
  void whatGotNoThreadIsNotWaitedFor() throws InterruptedException {
    tries.submitted();
    tries.notSubmitted();
    assertThat(run(1, trial -> true, trial -> false)).containsExactly(Status.DONE);
  }

  @Test
  void theRestGoesOnWhereOneAloneSucceeds() throws InterruptedException {
    assertThat(run(12, trial -> trial < 4, trial -> false)).hasSize(12).containsOnly(Status.DONE);
  }
}
