package dev.sieve.spark.task;

import dev.sieve.data.DataSet;
import dev.sieve.kernel.Jvm;
import dev.sieve.spark.live.LiveListener;
import dev.sieve.spark.live.LivePlugin;
import dev.sieve.spark.store.Machine;
import dev.sieve.training.TrainingListener;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * The one task of a group's job, on an executor. Its outcomes travel as bytes of Java's own
 * serialisation, so that a session with Kryo needs to know nothing of them; for the same reason a
 * {@link DataSet} is no record, and holds arrays and no lists.
 *
 * <p>A class of its own for {@code SparkContext.runJob}, and no lambda on an RDD: Spark reads the
 * byte code of each lambda that it is given to clean what it captured, which cost more than all
 * else that a job's thread does.
 */
final class GroupTask extends AbstractFunction2<TaskContext, Iterator<Integer>, byte[]>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final TrialGroup group;
  private final String job;
  private final GroupTrainer training;
  private final Broadcast<DataSet> examples;
  private final Duration hangTimeout;
  private final String sparkVersion;

  GroupTask(
      TrialGroup group,
      String job,
      GroupTrainer training,
      Broadcast<DataSet> examples,
      Duration hangTimeout,
      String sparkVersion) {
    this.group = group;
    this.job = job;
    this.training = training;
    this.examples = examples;
    this.hangTimeout = hangTimeout;
    this.sparkVersion = sparkVersion;
  }

  @Override
  public byte[] apply(TaskContext context, Iterator<Integer> ignored) {
    // Outside the supervisor: a broadcast block that cannot be fetched is Spark's to retry.
    DataSet data = examples.value();
    Instant started = Instant.now();
    long start = System.nanoTime();
    boolean again = context.attemptNumber() > 0;
    Function<TrainingListener, List<TrialResult>> work =
        listener -> {
          if (again) {
            LivePlugin.warn(job, AttemptLine.of(group, training));
          }
          return training.train(
              group, data, new LiveListener(listener, LivePlugin::send, group, job));
        };
    List<TrialResult> results =
        new TrainingWatchdog(group.size(), hangTimeout, context::isInterrupted)
            .run("sieve-training-" + context.taskAttemptId(), work);
    RunInfo run = runInfo(context, started, (System.nanoTime() - start) / 1e9);
    List<TrialOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      outcomes.add(new TrialOutcome(group.trials().get(i), results.get(i), run));
    }
    return write(outcomes);
  }

  private RunInfo runInfo(TaskContext context, Instant started, double seconds) {
    return new RunInfo(
        Machine.host(),
        SparkEnv.get().executorId(),
        context.attemptNumber(),
        started,
        seconds,
        provider(),
        vectorBits(),
        Machine.jvm(),
        Jvm.collector(),
        Jvm.compiler(),
        sparkVersion,
        Machine.codeVersion());
  }

  /** An engine that cannot be made has already failed its trials: there is no provider then. */
  private String provider() {
    try {
      return training.provider();
    } catch (RuntimeException e) {
      return "";
    }
  }

  private int vectorBits() {
    try {
      return training.vectorBits();
    } catch (RuntimeException e) {
      return 0;
    }
  }

  private static byte[] write(List<TrialOutcome> outcomes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(outcomes.toArray(new TrialOutcome[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #apply} returned. */
  static List<TrialOutcome> read(byte[] bytes) {
    ClassLoader loader = GroupTask.class.getClassLoader();
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          protected Class<?> resolveClass(java.io.ObjectStreamClass type)
              throws IOException, ClassNotFoundException {
            try {
              return Class.forName(type.getName(), false, loader);
            } catch (ClassNotFoundException e) {
              return super.resolveClass(type);
            }
          }
        }) {
      return List.of((TrialOutcome[]) in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("driver and executors must run the same jar", e);
    }
  }
}
