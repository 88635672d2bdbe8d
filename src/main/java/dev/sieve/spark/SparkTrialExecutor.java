package dev.sieve.spark;

import dev.sieve.data.DataSet;
import dev.sieve.data.LabelledImages;
import dev.sieve.error.UserException;
import dev.sieve.search.SearchSettings;
import dev.sieve.search.TrialExecutor;
import dev.sieve.spark.GroupJob.GivenUpException;
import dev.sieve.trial.Phase;
import dev.sieve.trial.Stage;
import dev.sieve.trial.Trial;
import dev.sieve.trial.TrialGroup;
import dev.sieve.trial.TrialKey;
import dev.sieve.trial.TrialOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final Duration FIRST_EXECUTOR = Duration.ofSeconds(15);

  /** How long a cancelled task may take: to keep what it has, or to be left behind. */
  private static final Duration LAST_WRITES =
      Duration.ofMillis(Supervisor.KEEP_MILLIS).plusSeconds(10);

  private final SparkSession spark;
  private final JavaSparkContext context;

  private final DataSet data;
  private final GroupJob jobs;
  private final Attempts attempts = new Attempts();
  private final Tries tries;
  private final CheckpointFolder checkpoints;
  private final String prefix = "sieve-" + UUID.randomUUID();
  private final RunningTasks tasks = new RunningTasks();
  private final AtomicInteger nextJob = new AtomicInteger();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, LiveGroup> live = new ConcurrentHashMap<>();
  private final BlockingQueue<List<TrialOutcome>> ended = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor pool;

  /** Of one thread, for what Spark gave up. */
  private final ThreadPoolExecutor setApart;

  private @Nullable Broadcast<LabelledImages[]> images;
  private int pending;
  private boolean probed;
  private final KeptProgress kept;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();
  private final Queue<String> notes = new ConcurrentLinkedQueue<>();
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
        new EngineTraining(engineType, checkpoints, checkpointEvery),
        hangTimeout,
        checkpoints);
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
    this.data = data;
    this.jobs = new GroupJob(context, data, training, hangTimeout, attempts);
    this.checkpoints = checkpoints;
    this.kept = new KeptProgress(checkpoints, training, this::note);
    this.pool = threads();
    this.setApart = threads();
    this.tries = new Tries(context.isLocal(), spark.version(), setApart, ended::add);
    spark.sparkContext().addSparkListener(attempts);
    LivePlugin.receive(prefix, this::hear, this::note);
    spark.sparkContext().addSparkListener(tasks);
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

  private void note(String line) {
    if (noted.add(line)) {
      notes.add(line);
    }
  }

  @Override
  public List<String> notes() {
    List<String> lines = new ArrayList<>();
    for (String line = notes.poll(); line != null; line = notes.poll()) {
      lines.add(line);
    }
    return lines;
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
    probe(first);
    pending++;
    Broadcast<LabelledImages[]> shared = broadcast();
    growTo(slots());
    Tries.Submission submission = submission(shared);
    tries.submitted();
    pool.execute(() -> tries.run(group, submission));
  }

  /** As a job that a stop ends: it waits for executors, which there may be none of. */
  private void probe(Trial first) {
    boolean pauses = !first.stage().equals(Stage.whole(first.settings().steps()));
    String study = first.key().study();
    String job = prefix + "-" + nextJob.incrementAndGet();
    running.add(job);
    context.setJobGroup(job, study + ": whether executors share results.dir", true);
    try {
      if (pauses && !probed && !cancelled) {
        CheckpointProbe.requireShared(context, checkpoints, study, slots());
        probed = true;
      }
      // In local mode whoever trains sees what the driver sees.
      if (!context.isLocal() && !cancelled) {
        kept.probe(context, study, slots(), probed);
      }
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Spark's checked ones too.
      if (!cancelled) {
        throw new UserException(
            "executors must answer whether they share results.dir, but Spark says: %s; run the same command again"
                .formatted(Queries.firstLines(e)),
            e);
      }
    } finally {
      context.clearJobGroup();
      running.remove(job);
    }
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

  private Tries.Submission submission(Broadcast<LabelledImages[]> shared) {
    int before = withdrawals.get();
    return new Tries.Submission() {
      @Override
      public List<TrialOutcome> job(TrialGroup group, int lostBefore) throws GivenUpException {
        String job = prefix + "-" + nextJob.incrementAndGet();
        running.add(job);
        tasks.expect(job);
        live.put(job, waiting(job, group));
        try {
          // After running.add: cancel() either sees the job or is seen here.
          return withdrawn() ? List.of() : jobs.run(job, group, shared, lostBefore);
        } catch (GivenUpException e) {
          if (withdrawn()) {
            // Spark gives up a job at once, but its task still writes what it has.
            tasks.awaitEnd(job, LAST_WRITES, SparkTrialExecutor.this::stopped);
          }
          throw e;
        } finally {
          running.remove(job);
          live.remove(job);
          tasks.forget(job);
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
    if (!outcomes.isEmpty() && !cancelled && stopped()) {
      // A group that was cut short: the next call says why.
      pending++;
      ended.add(List.of());
    } else if (outcomes.isEmpty() && !cancelled && stopped()) {
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
    Broadcast<LabelledImages[]> shared = images;
    if (!stopped()) {
      spark.sparkContext().removeSparkListener(tasks);
      spark.sparkContext().removeSparkListener(attempts);
      if (shared != null) {
        shared.destroy();
      }
    }
    images = null;
    PreparedDataCache.clear();
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
