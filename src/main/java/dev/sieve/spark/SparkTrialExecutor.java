package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.error.UserException;
import dev.sieve.search.SearchSettings;
import dev.sieve.search.TrialExecutor;
import dev.sieve.trial.RunInfo;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Status;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import dev.sieve.trial.TrialResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Groups as Spark jobs of one task each, over a broadcast data set.
 *
 * <p>A job is one task, so a group that is lost for good takes no other with it, and Spark's FIFO
 * scheduler lays jobs side by side over all cores. A thread waits for each running job; groups
 * beyond the {@link #slots} wait in the pool's queue, in the order of {@link #submit}.
 */
public final class SparkTrialExecutor implements TrialExecutor {
  private static final Duration FIRST_EXECUTOR = Duration.ofSeconds(15);

  private static final Seq<Object> ONE_PARTITION =
      CollectionConverters.asScala(List.<Object>of(0)).toSeq();

  private final SparkSession spark;
  private final JavaSparkContext context;

  /** Of one partition: every job is one task over it, so it is made once. */
  private final RDD<Integer> oneTask;

  private final DataSet data;
  private final GroupTraining training;
  private final Duration hangTimeout;
  private final CheckpointFolder checkpoints;
  private final String prefix = "sieve-" + UUID.randomUUID();
  private final AtomicInteger nextJob = new AtomicInteger();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, LiveGroup> live = new ConcurrentHashMap<>();
  private final BlockingQueue<List<TrialOutcome>> ended = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor pool;
  private @Nullable Broadcast<LabelledImages[]> images;
  private int pending;
  private boolean probed;
  private volatile boolean cancelled;

  /** How often groups were withdrawn: those submitted before the last time are to end. */
  private final AtomicInteger withdrawals = new AtomicInteger();

  /**
   * @param resultsDir where trials that pause leave their checkpoints
   */
  public SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      String engineType,
      SearchSettings settings,
      String resultsDir) {
    this(spark, data, engineType, settings.hangTimeout(), folder(spark, data, resultsDir));
  }

  private SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      String engineType,
      Duration hangTimeout,
      CheckpointFolder checkpoints) {
    this(spark, data, new EngineTraining(engineType, checkpoints), hangTimeout, checkpoints);
  }

  private static CheckpointFolder folder(SparkSession spark, DataSet data, String resultsDir) {
    return new CheckpointFolder(
        spark.sparkContext().hadoopConfiguration(), resultsDir, data.fingerprint());
  }

  SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      GroupTraining training,
      Duration hangTimeout,
      CheckpointFolder checkpoints) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.oneTask = context.parallelize(List.of(0), 1).rdd();
    this.data = data;
    this.training = training;
    this.hangTimeout = hangTimeout;
    this.checkpoints = checkpoints;
    this.pool =
        new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::named);
    pool.allowCoreThreadTimeOut(true);
    LivePlugin.receive(prefix, this::hear);
  }

  /** Groups that run now, as far as their executors have told; any thread may ask. */
  public List<LiveGroup> live() {
    return live.values().stream().sorted(Comparator.comparingInt(LiveGroup::firstTrial)).toList();
  }

  private void hear(LiveGroup group) {
    // A message may arrive after its job's end.
    live.computeIfPresent(group.job(), (job, before) -> group);
  }

  private Thread named(Runnable work) {
    Thread thread = new Thread(work, prefix);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the trials pause or go on, and not all executors see the folder of
   *     their checkpoints
   */
  @Override
  public void submit(TrialGroup group) {
    Trial first = group.first();
    if (!probed && !first.stage().equals(Stage.whole(first.settings().steps()))) {
      CheckpointProbe.requireShared(context, checkpoints, first.key().study(), slots());
      probed = true;
    }
    pending++;
    Broadcast<LabelledImages[]> shared = broadcast();
    growTo(slots());
    int before = withdrawals.get();
    pool.execute(() -> ended.add(run(group, shared, before)));
  }

  /** With the first group, so that a study that has nothing left to do does not pay for it. */
  private Broadcast<LabelledImages[]> broadcast() {
    Broadcast<LabelledImages[]> shared = images;
    if (shared == null) {
      shared = context.broadcast(new LabelledImages[] {data.training(), data.test()});
      images = shared;
    }
    return shared;
  }

  /** Executors come and go: the number of groups that run at once follows. */
  private void growTo(int threads) {
    if (threads > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(threads);
    }
    pool.setCorePoolSize(threads);
  }

  private List<TrialOutcome> run(TrialGroup group, Broadcast<LabelledImages[]> shared, int before) {
    String job = prefix + "-" + nextJob.incrementAndGet();
    Instant started = Instant.now();
    running.add(job);
    live.put(job, waiting(job, group));
    try {
      // After running.add: cancel() either sees the job or is seen here.
      if (cancelled || withdrawals.get() != before) {
        return List.of();
      }
      context.setJobGroup(job, describe(group), true);
      GroupTask task =
          new GroupTask(group, job, training, data, shared, hangTimeout, spark.version());
      Object results =
          spark.sparkContext().runJob(oneTask, task, ONE_PARTITION, ClassTag.apply(byte[].class));
      return GroupTask.read(((byte[][]) results)[0]);
    } catch (Exception e) {
      return cancelled || withdrawals.get() != before || stopped()
          ? List.of()
          : lost(group, started, e);
    } finally {
      running.remove(job);
      live.remove(job);
      context.clearJobGroup();
    }
  }

  /** Before its first message. */
  private static LiveGroup waiting(String job, TrialGroup group) {
    int epochs = (int) group.first().settings().epochs();
    return new LiveGroup(job, "", group.first().ordinal(), group.size(), 0, epochs, 0, 0);
  }

  private static String describe(TrialGroup group) {
    Trial first = group.first();
    return "%s %s: %d trials from trial %d on"
        .formatted(first.key().study(), first.key().phase().label(), group.size(), first.ordinal());
  }

  private List<TrialOutcome> lost(TrialGroup group, Instant started, Exception reason) {
    RunInfo run =
        new RunInfo(
            "",
            "",
            Math.max(0, spark.sparkContext().conf().getInt("spark.task.maxFailures", 4) - 1),
            started,
            Duration.between(started, Instant.now()).toMillis() / 1e3,
            "",
            0,
            "",
            "",
            "",
            spark.version(),
            GroupTask.codeVersion());
    TrialResult result = TrialResult.failed(Status.LOST, Supervisor.stackTrace(reason));
    List<TrialOutcome> outcomes = new ArrayList<>();
    group.trials().forEach(trial -> outcomes.add(new TrialOutcome(trial, result, run)));
    return outcomes;
  }

  /** The cores of all executors that have registered; on a cluster the first one is waited for. */
  @Override
  public int slots() {
    waitForFirstExecutor();
    int cpus = spark.sparkContext().conf().getInt("spark.task.cpus", 1);
    return Math.max(1, spark.sparkContext().defaultParallelism() / cpus);
  }

  private void waitForFirstExecutor() {
    long deadline = System.nanoTime() + FIRST_EXECUTOR.toNanos();
    // The driver counts as one.
    while (!spark.sparkContext().isLocal()
        && !stopped()
        && spark.sparkContext().statusTracker().getExecutorInfos().length < 2
        && System.nanoTime() < deadline) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public int pending() {
    return pending;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if Spark stopped under the study
   */
  @Override
  public List<TrialOutcome> await(Duration atMost) throws InterruptedException {
    List<TrialOutcome> outcomes = ended.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (outcomes == null) {
      return List.of();
    }
    pending--;
    if (outcomes.isEmpty() && !cancelled && stopped()) {
      throw new UserException(
          "Spark must run as long as the study does, but its context was stopped; finished trials"
              + " are kept: see the log for the reason and run the same command again");
    }
    return outcomes;
  }

  @Override
  public void withdraw() {
    withdrawals.incrementAndGet();
    cancelJobs();
  }

  @Override
  public void cancel() {
    cancelled = true;
    cancelJobs();
  }

  private void cancelJobs() {
    if (stopped()) {
      return;
    }
    for (String job : running) {
      // Also a job that its thread has not handed to Spark yet.
      spark.sparkContext().cancelJobGroupAndFutureJobs(job);
    }
  }

  @Override
  public void forget(Collection<TrialKey> keys) {
    try {
      for (TrialKey key : keys) {
        checkpoints.remove(key);
      }
    } catch (IOException e) {
      // They are in the way of nothing but space.
      LoggerFactory.getLogger(SparkTrialExecutor.class)
          .warn("checkpoints that are not needed any more stay in results.dir: {}", e.toString());
    }
  }

  private boolean stopped() {
    return spark.sparkContext().isStopped();
  }

  @Override
  public void close() {
    cancel();
    LivePlugin.forget(prefix);
    pool.shutdown();
    Broadcast<LabelledImages[]> shared = images;
    if (shared != null && !stopped()) {
      shared.destroy();
    }
    PreparedDataCache.clear();
  }
}
