package dev.sieve.spark.task;

import dev.sieve.error.UserException;
import dev.sieve.spark.store.Machine;
import dev.sieve.spark.store.Storage;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether executors see the folder that the driver writes to: a trial that pauses on one may go on
 * on any other.
 */
final class CheckpointProbe implements Function<Integer, String> {
  private static final long serialVersionUID = 1;

  /** Tasks of one job may all run on one executor where others are just starting. */
  private static final int ROUNDS = 5;

  private static final long LOOK_MILLIS = 100;

  private static final String SEEN = "seen";

  /** Nobody waits for an answer any more. */
  static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswerException() {
      super("no executor has answered", null, false, false);
    }
  }

  private final CheckpointFolder folder;
  private final String study;
  private final String mark;

  private CheckpointProbe(CheckpointFolder folder, String study, String mark) {
    this.folder = folder;
    this.study = study;
    this.mark = mark;
  }

  /**
   * Returns if every executor that has registered sees what the driver writes.
   *
   * @param slots tasks that can run at the same time
   * @param waits whether answers are waited for
   * @throws UserException if one does not, or the driver cannot write
   */
  static void requireShared(
      JavaSparkContext context,
      CheckpointFolder folder,
      String study,
      int slots,
      BooleanSupplier waits)
      throws NoAnswerException, InterruptedException, ExecutionException {
    try {
      String problem = problem(context, folder, study, slots, waits);
      if (problem != null) {
        throw new UserException(
            "a trial that pauses may go on on any executor, so results.dir must be a folder that all of them share, but %s: set results.dir to a shared folder, for example hdfs://HOST/PATH, or leave out rungs"
                .formatted(problem));
      }
    } catch (IOException e) {
      throw Storage.unwritable(folder.where(study), e);
    }
  }

  /**
   * Which executor does not see what the driver writes or cannot write beside it, and why; null
   * where none is found.
   *
   * @throws IOException if the driver cannot write
   * @throws ExecutionException if Spark gives the question up
   */
  static @Nullable String problem(
      JavaSparkContext context,
      CheckpointFolder folder,
      String study,
      int slots,
      BooleanSupplier waits)
      throws IOException, NoAnswerException, InterruptedException, ExecutionException {
    String mark = "probe-" + UUID.randomUUID();
    folder.writeMark(study, mark);
    try {
      return ask(context, new CheckpointProbe(folder, study, mark), slots, waits);
    } finally {
      folder.removeMark(study, mark);
    }
  }

  private static @Nullable String ask(
      JavaSparkContext context, CheckpointProbe probe, int slots, BooleanSupplier waits)
      throws NoAnswerException, InterruptedException, ExecutionException {
    Set<String> asked = new HashSet<>();
    for (int round = 0; round < ROUNDS && asked.size() < executors(context); round++) {
      int tasks = Math.max(slots, executors(context));
      List<String> answers =
          await(
              context.parallelize(Collections.nCopies(tasks, 0), tasks).map(probe).collectAsync(),
              waits);
      for (String answer : answers) {
        String[] words = answer.split("\n", 3);
        if (!words[2].equals(SEEN)) {
          return "executor %s on %s %s".formatted(words[0], words[1], words[2]);
        }
        asked.add(words[0]);
      }
    }
    return null;
  }

  private static List<String> await(JavaFutureAction<List<String>> answers, BooleanSupplier waits)
      throws NoAnswerException, InterruptedException, ExecutionException {
    while (waits.getAsBoolean()) {
      try {
        return answers.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Spark itself would wait for executors without an end.
      }
    }
    answers.cancel(true);
    throw new NoAnswerException();
  }

  private static int executors(JavaSparkContext context) {
    // The driver counts as one.
    int others = context.sc().statusTracker().getExecutorInfos().length - 1;
    return context.isLocal() ? 1 : Math.max(1, others);
  }

  /** Executor, host, and whether it sees the mark and can write one, or why not. */
  @Override
  public String call(Integer ignored) {
    String answer = seen();
    if (answer.isEmpty()) {
      answer = written();
    }
    if (answer.isEmpty()) {
      answer = SEEN;
    }
    return SparkEnv.get().executorId() + "\n" + Machine.host() + "\n" + answer;
  }

  private String seen() {
    String unseen = "does not see what the driver wrote to " + folder.where(study) + " (%s)";
    try {
      return folder.seesMark(study, mark) ? "" : unseen.formatted("no such file");
    } catch (IOException | RuntimeException | LinkageError e) {
      return unseen.formatted(e);
    }
  }

  private String written() {
    String own = mark + "-" + UUID.randomUUID();
    try {
      folder.writeMark(study, own);
      folder.removeMark(study, own);
      return "";
    } catch (IOException | RuntimeException | LinkageError e) {
      return "cannot write to %s (%s)".formatted(folder.where(study), e);
    }
  }
}
