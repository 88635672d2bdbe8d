package dev.sieve.spark.task;

import dev.sieve.error.ErrorText;
import dev.sieve.error.UserException;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether the executors of a study share its results folder, found out once: trials that pause need
 * it, for others it saves time and no more.
 */
final class SharedFolder {
  private final JavaSparkContext context;
  private final CheckpointFolder checkpoints;
  private final boolean keeps;
  private final Consumer<String> note;
  private boolean shared;
  private boolean told;

  /**
   * @param keeps whether running groups keep what they have
   * @param note takes lines that a user should see
   */
  SharedFolder(
      JavaSparkContext context,
      CheckpointFolder checkpoints,
      boolean keeps,
      Consumer<String> note) {
    this.context = context;
    this.checkpoints = checkpoints;
    this.keeps = keeps;
    this.note = note;
  }

  /**
   * Asks, before a group is submitted, in a job that may be cancelled: it waits for executors,
   * which there may be none of.
   *
   * @param slots tasks that can run at the same time
   * @throws UserException if the trials pause or go on, and not all executors see the folder
   */
  void probe(Trial first, String job, int slots, BooleanSupplier cancelled) {
    String study = first.key().study();
    boolean pauses = !first.stage().equals(Stage.whole(first.settings().steps()));
    context.setJobGroup(job, study + ": whether executors share results.dir", true);
    try {
      if (pauses && !shared && !cancelled.getAsBoolean()) {
        CheckpointProbe.requireShared(context, checkpoints, study, slots);
        shared = true;
      }
      // In local mode whoever trains sees what the driver sees.
      if (keeps && !shared && !told && !context.isLocal() && !cancelled.getAsBoolean()) {
        told = true;
        tell(problem(study, slots));
      }
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Spark's checked ones too.
      if (!cancelled.getAsBoolean()) {
        throw new UserException(
            "executors must answer whether they share results.dir, but Spark says: %s; run the same command again"
                .formatted(ErrorText.firstLines(e)),
            e);
      }
    } finally {
      context.clearJobGroup();
    }
  }

  private @Nullable String problem(String study, int slots) {
    try {
      return CheckpointProbe.problem(context, checkpoints, study, slots);
    } catch (IOException e) {
      return "the driver cannot write to %s (%s)".formatted(checkpoints.where(study), e);
    } catch (Exception e) {
      // Spark's checked ones too: whether the study can run is its groups' to find out.
      return "it cannot be found out (%s)".formatted(ErrorText.firstLines(e));
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
