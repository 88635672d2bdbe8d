package dev.sieve.spark.task;

import dev.sieve.data.DataSet;
import dev.sieve.data.PreparedDataCache;
import dev.sieve.error.UserException;
import dev.sieve.search.TrialExecutor;
import dev.sieve.search.definition.SearchSettings;
import dev.sieve.spark.live.LiveGroup;
import dev.sieve.spark.live.LivePlugin;
import dev.sieve.spark.task.GroupJob.GivenUpException;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
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
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Groups as Spark jobs of one task each, over a broadcast data set.
 *
 * <p>A job is one task, so a group that is lost takes no other with it, and Spark's FIFO scheduler
 * lays jobs side by side over all cores. A thread waits for each running job; groups beyond the
 * {@link #slots} wait in the pool's queue, in the order of {@link #submit}. What Spark gives up on
 * a cluster is tried once more, after all others and alone, before its trials are lost.
 */
public final class SparkTrialExecutor implements TrialExecutor {
  /** How long a cancelled task may take: to keep what it has, or to be left behind. */
  private static final Duration LAST_WRITES =
      Duration.ofMillis(TrainingWatchdog.KEEP_MILLIS).plusSeconds(10);

  /** How long one may take to end whose trial another one has ended. */
  private static final Duration LATE_ATTEMPTS = Duration.ofSeconds(5);

  private final SparkSession spark;
  private final JavaSparkContext context;

  private final DataSet data;
  private final GroupJob jobs;
  private final JobListener listener = new JobListener();
  private final ExecutorWatch watch;
  private final AutoCloseable loggedDeaths;
  private final Slots slots;
  private final Tries tries;
  private final SharedFolder shared;
  private final String prefix = "sieve-" + UUID.randomUUID();
  private final AtomicInteger nextJob = new AtomicInteger();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, LiveGroup> live = new ConcurrentHashMap<>();
  private final BlockingQueue<List<TrialOutcome>> ended = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor pool;

  /** Of one thread, for what Spark gave up. */
  private final ThreadPoolExecutor setApart;

  private @Nullable Broadcast<DataSet> examples;
  private int pending;
  private final KeptProgress kept;
  private final Notes notes = new Notes();
  private volatile boolean cancelled;

  /** How often groups were withdrawn: those submitted before the last time are to end. */
  private final AtomicInteger withdrawals = new AtomicInteger();

  /** One whose groups keep nothing on the way. */
  public SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      String engineType,
      SearchSettings settings,
      String resultsDir) {
    this(spark, data, engineType, settings, resultsDir, null);
  }

  /**
   * @param resultsDir where trials leave their checkpoints
   * @param checkpointEvery so much training apart running groups keep what they have, and where
   *     they are stopped; null for never
   */
  public SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      String engineType,
      SearchSettings settings,
      String resultsDir,
      @Nullable Duration checkpointEvery) {
    this(
        spark,
        data,
        engineType,
        settings.hangTimeout(),
        folder(spark, data, resultsDir),
        checkpointEvery);
  }

  private SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      String engineType,
      Duration hangTimeout,
      CheckpointFolder checkpoints,
      @Nullable Duration checkpointEvery) {
    this(
        spark,
        data,
        new EngineTrainer(engineType, checkpoints, checkpointEvery),
        hangTimeout,
        checkpoints);
  }

  private static CheckpointFolder folder(SparkSession spark, DataSet data, String resultsDir) {
    return new CheckpointFolder(
        spark.sparkContext().hadoopConfiguration(), resultsDir, data.fingerprint());
  }

  public SparkTrialExecutor(
      SparkSession spark,
      DataSet data,
      GroupTrainer training,
      Duration hangTimeout,
      CheckpointFolder checkpoints) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.data = data;
    this.jobs = new GroupJob(context, training, hangTimeout);
    this.watch = new ExecutorWatch(System::nanoTime, spark.sparkContext().applicationId());
    this.slots = new Slots(spark.sparkContext(), () -> cancelled);
    this.shared = new SharedFolder(context, checkpoints, training.every() != null, watch, notes);
    this.kept = new KeptProgress(checkpoints, training, notes);
    this.pool = threads();
    this.setApart = threads();
    this.tries = new Tries(context.isLocal(), spark.version(), setApart, ended::add);
    spark.sparkContext().addSparkListener(listener);
    spark.sparkContext().addSparkListener(watch);
    this.loggedDeaths = context.isLocal() ? () -> {} : LoggedDeaths.hear(watch::died);
    LivePlugin.receive(prefix, this::hear, notes);
  }

  /** Groups that run now, as far as their executors have told; any thread may ask. */
  public List<LiveGroup> live() {
    return live.values().stream().sorted(Comparator.comparingInt(LiveGroup::firstTrial)).toList();
  }

  private void hear(LiveGroup group) {
    // A message may arrive after its job's end.
    live.computeIfPresent(group.job(), (job, before) -> group);
  }

  private ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::named);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public List<String> notes() {
    String line = waits() ? watch.line() : "";
    if (!line.isEmpty()) {
      notes.accept(line);
    }
    return notes.taken();
  }

  @Override
  public String stuck() {
    return waits() ? watch.stuck() : "";
  }

  private boolean waits() {
    return pending > 0 && !cancelled && !context.isLocal();
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
   *     their checkpoints, or if Spark stopped under the study
   */
  @Override
  public void submit(TrialGroup group) {
    try {
      start(group);
    } catch (IllegalStateException e) {
      throw stopped() && !cancelled ? stoppedException() : e;
    }
  }

  private void start(TrialGroup group) {
    if (pending == 0 && examples != null) {
      watch.restart();
    }
    probe(group.first());
    Tries.Submission submission = submission(broadcast());
    growTo(slots());
    tries.submitted();
    try {
      pool.execute(() -> tries.run(group, submission));
    } catch (RuntimeException | Error e) {
      // No thread is to be had.
      tries.notSubmitted();
      throw e;
    }
    pending++;
  }

  private void probe(Trial first) {
    String job = newJob();
    try {
      shared.probe(first, job, slots(), () -> cancelled);
    } finally {
      running.remove(job);
    }
  }

  /** The name of one that {@link #cancel} ends from now on. */
  private String newJob() {
    String job = prefix + "-" + nextJob.incrementAndGet();
    running.add(job);
    return job;
  }

  /** With the first group, so that a study that has nothing left to do does not pay for it. */
  private Broadcast<DataSet> broadcast() {
    Broadcast<DataSet> shared = examples;
    if (shared == null) {
      shared = context.broadcast(data);
      examples = shared;
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

  private Tries.Submission submission(Broadcast<DataSet> data) {
    int before = withdrawals.get();
    return new Tries.Submission() {
      @Override
      public List<TrialOutcome> job(TrialGroup group, int lostBefore) throws GivenUpException {
        String job = newJob();
        JobListener.Job heard = listener.of(job);
        live.put(job, waiting(job, group));
        try {
          // After newJob(): cancel() either sees the job or is seen here.
          return withdrawn() ? List.of() : jobs.run(job, heard, group, data, lostBefore);
        } catch (GivenUpException e) {
          if (withdrawn()) {
            // Spark gives up a job at once, but its task still writes what it has.
            heard.awaitTasks(LAST_WRITES, SparkTrialExecutor.this::stopped);
          }
          throw e;
        } finally {
          running.remove(job);
          live.remove(job);
          listener.forget(job);
        }
      }

      @Override
      public boolean withdrawn() {
        return cancelled || withdrawals.get() != before || stopped();
      }
    };
  }

  /** Before its first message. */
  private LiveGroup waiting(String job, TrialGroup group) {
    Trial first = group.first();
    int epochs = (int) first.settings().epochs();
    long taken = kept.taken(first);
    int epoch = (int) (taken / first.settings().stepsPerEpoch());
    return new LiveGroup(job, "", first.ordinal(), group.size(), epoch, epochs, 0, 0);
  }

  @Override
  public int slots() {
    return slots.now();
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
    if (!outcomes.isEmpty() && !cancelled && stopped()) {
      // A group that was cut short: the next call says why.
      pending++;
      ended.add(List.of());
    } else if (outcomes.isEmpty() && !cancelled && stopped()) {
      throw stoppedException();
    }
    return outcomes;
  }

  private UserException stoppedException() {
    return new UserException(
        "Spark must run as long as the study does, but its context was stopped%s; finished trials are kept: see the log for the reason and run the same command again"
            .formatted(watch.deaths()));
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
    kept.forget(keys);
  }

  @Override
  public Map<TrialKey, Long> kept(Collection<Trial> trials) {
    return kept.of(trials);
  }

  @Override
  public void settled(Collection<TrialOutcome> outcomes) {
    kept.settled(outcomes);
  }

  @Override
  public void forgetAllBut(String study, Phase phase, int level, Collection<Trial> trials) {
    kept.forgetAllBut(study, phase, level, trials);
  }

  private boolean stopped() {
    return spark.sparkContext().isStopped();
  }

  @Override
  public void close() {
    cancel();
    LivePlugin.forget(prefix);
    pool.shutdown();
    setApart.shutdown();
    awaitLastWrites();
    forgetLogs();
    listener.awaitTasks(LATE_ATTEMPTS, this::stopped);
    kept.sweep();
    Broadcast<DataSet> shared = examples;
    if (!stopped()) {
      spark.sparkContext().removeSparkListener(listener);
      spark.sparkContext().removeSparkListener(watch);
      if (shared != null) {
        shared.destroy();
      }
    }
    examples = null;
    PreparedDataCache.clear();
  }

  private void forgetLogs() {
    try {
      loggedDeaths.close();
    } catch (Exception e) {
      LoggerFactory.getLogger(SparkTrialExecutor.class).warn("Spark's log is heard on", e);
    }
  }

  /** Of groups that were running until now. */
  private void awaitLastWrites() {
    long deadline = System.nanoTime() + LAST_WRITES.toNanos();
    try {
      boolean all = pool.awaitTermination(LAST_WRITES.toNanos(), TimeUnit.NANOSECONDS);
      long rest = Math.max(0, deadline - System.nanoTime());
      if (!setApart.awaitTermination(rest, TimeUnit.NANOSECONDS) || !all) {
        LoggerFactory.getLogger(SparkTrialExecutor.class)
            .warn("groups that were told to end did not within {} s", LAST_WRITES.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
