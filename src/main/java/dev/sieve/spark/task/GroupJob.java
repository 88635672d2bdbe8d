package dev.sieve.spark.task;

import dev.sieve.data.DataSet;
import dev.sieve.training.StorageException;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Runs groups as Spark jobs of one task, each over an RDD of its own: Spark takes jobs over one RDD
 * for dependent on each other, and gives up all of them with the first. A thread that runs one
 * waits for it.
 */
record GroupJob(JavaSparkContext context, GroupTrainer training, Duration hangTimeout) {
  private static final Seq<Object> ONE_PARTITION =
      CollectionConverters.asScala(List.<Object>of(0)).toSeq();

  /** Spark gave a job up, or never began it. */
  static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1;

    private final int lost;
    private final boolean storage;

    GivenUpException(String message, int lost, boolean storage, Throwable cause) {
      super(message, cause);
      this.lost = lost;
      this.storage = storage;
    }

    /** Attempts that were made. */
    int lost() {
      return lost;
    }

    /** Whether the storage failed the last of them. */
    boolean storage() {
      return storage;
    }
  }

  /**
   * Runs a group.
   *
   * @param job its name, not used before
   * @param heard listens to it
   * @param before attempts of the group that an earlier job lost
   */
  List<TrialOutcome> run(
      String job, JobListener.Job heard, TrialGroup group, Broadcast<DataSet> examples, int before)
      throws GivenUpException {
    try {
      context.setJobGroup(job, describe(group), true);
      GroupTask task =
          new GroupTask(group, job, training, examples, hangTimeout, context.version());
      RDD<Integer> oneTask = context.parallelize(List.of(0), 1).rdd();
      Object results =
          context.sc().runJob(oneTask, task, ONE_PARTITION, ClassTag.apply(byte[].class));
      List<TrialOutcome> outcomes = GroupTask.read(((byte[][]) results)[0]);
      return before == 0 ? outcomes : outcomes.stream().map(o -> later(o, before)).toList();
    } catch (Exception | Error e) {
      throw givenUp(heard, before, e);
    } finally {
      context.clearJobGroup();
    }
  }

  private GivenUpException givenUp(JobListener.Job heard, int before, Throwable e) {
    heard.awaitEnd(() -> context.sc().isStopped());
    String reason = heard.reason();
    int lost = before + heard.lost();
    String message =
        reason == null
            ? "Spark gave the trial up: " + SparkText.of(e)
            : "lost after %s attempt%s, the last: %s".formatted(lost, lost == 1 ? "" : "s", reason);
    return new GivenUpException(message, lost, heard.endedBy(StorageException.class), e);
  }

  private static TrialOutcome later(TrialOutcome outcome, int before) {
    RunInfo run = outcome.run();
    RunInfo counted =
        new RunInfo(
            run.host(),
            run.executor(),
            before + run.attempt(),
            run.started(),
            run.seconds(),
            run.provider(),
            run.vectorBits(),
            run.jvm(),
            run.collector(),
            run.compiler(),
            run.spark(),
            run.version());
    return new TrialOutcome(outcome.trial(), outcome.result(), counted);
  }

  private static String describe(TrialGroup group) {
    Trial first = group.first();
    return "%s %s: %s trials from trial %s on"
        .formatted(first.key().study(), first.key().phase().label(), group.size(), first.ordinal());
  }
}
