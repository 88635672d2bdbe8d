package dev.sieve.spark.task;

import dev.sieve.error.UserException;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether the executors of a study share its results folder, found out once: trials that pause need
 * it, for others it saves time and no more.
 */
final class SharedFolder {
  /** So long executors that work may take to look. */
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final JavaSparkContext context;
  private final CheckpointFolder checkpoints;
  private final boolean keeps;
  private final Consumer<String> note;
  private final ExecutorWatch watch;
  private boolean shared;
  private boolean told;

  /** Questions that nobody answered in time. */
  private int unanswered;

  /**
   * @param keeps whether running groups keep what they have
   * @param watch knows whether there is anyone to ask
   * @param note takes lines that a user should see
   */
  SharedFolder(
      JavaSparkContext context,
      CheckpointFolder checkpoints,
      boolean keeps,
      ExecutorWatch watch,
      Consumer<String> note) {
    this.context = context;
    this.checkpoints = checkpoints;
    this.keeps = keeps;
    this.watch = watch;
    this.note = note;
  }

  /**
   * Asks, before a group is submitted, in a job that may be cancelled: it waits for executors,
   * which there may be none of. What nobody answers in time is asked once more when an executor has
   * begun to work.
   *
   * @param slots tasks that can run at the same time
   * @throws UserException if the trials pause or go on, and not all executors see the folder
   */
  void probe(Trial first, String job, int slots, BooleanSupplier cancelled) {
    String study = first.key().study();
    boolean pauses = !first.stage().equals(Stage.whole(first.settings().steps()));
    if (unanswered > 1 || (unanswered == 1 && !watch.worked())) {
      return;
    }
    context.setJobGroup(job, study + ": whether executors share results.dir", true);
    try {
      BooleanSupplier waits = waits(cancelled);
      if (pauses && !shared && !cancelled.getAsBoolean()) {
        CheckpointProbe.requireShared(context, checkpoints, study, slots, waits);
        shared = true;
      }
      // In local mode whoever trains sees what the driver sees.
      if (keeps && !shared && !told && !context.isLocal() && !cancelled.getAsBoolean()) {
        tell(problem(study, slots, waits));
        told = true;
      }
    } catch (CheckpointProbe.NoAnswerException e) {
      unanswered(cancelled);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (!cancelled.getAsBoolean()) {
        throw new UserException(
            "executors must answer whether they share results.dir, but Spark says: %s; run the same command again"
                .formatted(SparkText.of(e)),
            e);
      }
    } finally {
      context.clearJobGroup();
    }
  }

  private BooleanSupplier waits(BooleanSupplier cancelled) {
    long begun = System.nanoTime();
    return () -> {
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      Duration limit = watch.worked() ? SLOW : ExecutorWatch.PATIENCE;
      return !cancelled.getAsBoolean()
          && waited.compareTo(limit) < 0
          && watch.stuck().isEmpty()
          && !context.sc().isStopped();
    };
  }

  private void unanswered(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean() || !watch.stuck().isEmpty() || context.sc().isStopped()) {
      return;
    }
    unanswered++;
    note.accept(
        "whether all executors see results.dir cannot be found out%s, since they do not answer: if they do not, a stop or a lost executor costs a group's whole training, and nothing else"
            .formatted(unanswered == 1 ? " yet" : ""));
  }

  private @Nullable String problem(String study, int slots, BooleanSupplier waits)
      throws CheckpointProbe.NoAnswerException, InterruptedException {
    try {
      return CheckpointProbe.problem(context, checkpoints, study, slots, waits);
    } catch (IOException e) {
      return "the driver cannot write to %s (%s)".formatted(checkpoints.where(study), e);
    } catch (ExecutionException e) {
      if (!waits.getAsBoolean()) {
        return null; // cancelled: nobody asks any more
      }
      // Whether the study can run is its groups' to find out.
      return "it cannot be found out (%s)".formatted(SparkText.of(e));
    }
  }

  private void tell(@Nullable String problem) {
    if (problem != null) {
      note.accept(
          "running groups keep what they have in results.dir, but %s: a stop or a lost executor costs a group's whole training, and nothing else; for long groups set results.dir to a shared folder, for example hdfs://HOST/PATH"
              .formatted(problem));
    }
  }
}
