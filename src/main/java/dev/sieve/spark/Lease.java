package dev.sieve.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right of one driver to write a study's results: a file that its holder renews. A holder that
 * died on this host frees it at once, elsewhere it expires.
 *
 * <p>A lease is taken over in two steps, so that of two that find it expired one gets it: whoever
 * creates the claim on the old lease's token may replace that lease and no other.
 */
final class Lease implements AutoCloseable {
  static final Duration VALID = Duration.ofSeconds(30);
  private static final Duration RENEWAL = Duration.ofSeconds(5);

  private final ResultFiles files;
  private final String study;
  private final String file;
  private final Clock clock;
  private final Holder holder;
  private final ScheduledExecutorService renewal;

  private Lease(ResultFiles files, String study, Clock clock, Holder holder) {
    this.files = files;
    this.study = study;
    this.file = file(study);
    this.clock = clock;
    this.holder = holder;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "sieve-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  static String file(String study) {
    return "studies/" + study + "/lease";
  }

  /**
   * Takes the lease.
   *
   * @throws UserException if another driver holds it
   */
  static Lease take(ResultFiles files, String study, Clock clock) throws IOException {
    Holder self = Holder.self();
    String file = file(study);
    byte[] content = self.text(clock.instant().plus(VALID));
    // Again where its holder gave it back between the two looks.
    for (boolean taken = false; !taken; ) {
      taken =
          files.create(file, content)
              || (files.exists(file) && takeOver(files, study, clock, content));
    }
    Lease lease = new Lease(files, study, clock, self);
    lease.renewal.scheduleAtFixedRate(
        lease::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    return lease;
  }

  /** True, or an exception; false where the old lease went away meanwhile. */
  private static boolean takeOver(ResultFiles files, String study, Clock clock, byte[] content)
      throws IOException {
    String file = file(study);
    Entry old = read(files, file);
    if (old == null) {
      return overUnreadable(files, study, clock, content);
    }
    if (old.heldAt(clock.instant())) {
      throw refusal(study, old);
    }
    String claim = file + "-claim-" + old.holder().token();
    if (!files.create(claim, content)) {
      if (files.modified(claim) < clock.millis() - VALID.toMillis()) {
        files.delete(claim);
      }
      throw refusal(study, old);
    }
    try {
      Entry now = read(files, file);
      if (now != null && !now.holder().token().equals(old.holder().token())) {
        throw refusal(study, now);
      }
      files.replace(file, content);
      return true;
    } finally {
      files.delete(claim);
    }
  }

  /** Whether a living driver holds a study's lease. */
  static boolean held(ResultFiles files, String study, Clock clock) throws IOException {
    Entry entry = read(files, file(study));
    return entry != null && entry.heldAt(clock.instant());
  }

  /** A file that is no lease is one that a driver is just writing, or died while writing. */
  private static boolean overUnreadable(
      ResultFiles files, String study, Clock clock, byte[] content) throws IOException {
    String file = file(study);
    if (!files.exists(file)) {
      return false;
    }
    if (files.modified(file) < clock.millis() - VALID.toMillis()) {
      files.replace(file, content);
      return true;
    }
    throw new UserException(
        "a study must have one driver at a time, but another one is just starting '%s': run the command again in a moment"
            .formatted(study));
  }

  private static UserException refusal(String study, Entry entry) {
    return new UserException(
        "a study must have one driver at a time, but '%s' is being run by process %s on %s, whose lease is renewed every %s s and would expire at %s: wait for it, or end that process"
            .formatted(
                study,
                entry.holder().process(),
                entry.holder().host(),
                RENEWAL.toSeconds(),
                entry.expires()));
  }

  /**
   * Returns if this driver still holds the lease.
   *
   * @throws UserException if another took it, or the file is gone
   */
  void check() throws IOException {
    Entry now = read(files, file);
    if (now == null) {
      throw new UserException(
          "a driver must hold its study's lease to write results, but %s of '%s' is gone: was the results folder removed while the study ran? Run the command again"
              .formatted(file, study));
    }
    if (!now.holder().token().equals(holder.token())) {
      throw new UserException(
          "a driver must hold its study's lease to write results, but '%s' was taken over by process %s on %s while this one did not answer for more than %s s; what was committed is kept"
              .formatted(study, now.holder().process(), now.holder().host(), VALID.toSeconds()));
    }
  }

  private void renew() {
    try {
      Entry now = read(files, file);
      if (now != null && now.holder().token().equals(holder.token())) {
        files.replace(file, holder.text(clock.instant().plus(VALID)));
      }
    } catch (IOException e) {
      // The next renewal tries again; a commit that finds the lease lost says so.
      org.slf4j.LoggerFactory.getLogger(Lease.class)
          .warn("the lease of '{}' could not be renewed: {}", study, e.toString());
    }
  }

  /** Gives the lease back, if it is still held. */
  @Override
  public void close() {
    renewal.shutdown();
    try {
      // A renewal under way would put the file back.
      if (!renewal.awaitTermination(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Entry now = read(files, file);
      if (now != null && now.holder().token().equals(holder.token())) {
        files.delete(file);
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Lease.class)
          .warn("the lease of '{}' could not be given back: {}", study, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Entry read(ResultFiles files, String file) throws IOException {
    byte[] bytes = files.read(file);
    return bytes == null ? null : Entry.parse(new String(bytes, UTF_8));
  }

  /** Who holds a lease: a process, and a token of this one taking. */
  record Holder(String host, long process, Instant started, String token) {
    static Holder self() {
      ProcessHandle self = ProcessHandle.current();
      return new Holder(
          GroupTask.host(),
          self.pid(),
          self.info().startInstant().orElse(Instant.EPOCH),
          UUID.randomUUID().toString());
    }

    byte[] text(Instant expires) {
      return "host=%s\nprocess=%s\nstarted=%s\nexpires=%s\ntoken=%s\n"
          .formatted(host, process, started, expires, token)
          .getBytes(UTF_8);
    }

    /** Whether the process is known to have ended: the same host, and no process of that start. */
    boolean dead() {
      return host.equals(GroupTask.host())
          && ProcessHandle.of(process)
              .filter(ProcessHandle::isAlive)
              .filter(this::sameStart)
              .isEmpty();
    }

    /** Process ids are used again; starts are known to a clock tick. */
    private boolean sameStart(ProcessHandle found) {
      return found
          .info()
          .startInstant()
          .map(start -> Duration.between(start, started).abs().toSeconds() < 2)
          .orElse(true);
    }
  }

  /** A lease as its file has it. */
  record Entry(Holder holder, Instant expires) {
    /** Null where the text is no whole lease. */
    static @Nullable Entry parse(String text) {
      Properties lines = new Properties();
      try {
        lines.load(new StringReader(text));
        Holder holder =
            new Holder(
                lines.getProperty("host", ""),
                Long.parseLong(lines.getProperty("process", "")),
                Instant.parse(lines.getProperty("started", "")),
                lines.getProperty("token", ""));
        Instant expires = Instant.parse(lines.getProperty("expires", ""));
        return holder.token().isEmpty() ? null : new Entry(holder, expires);
      } catch (IOException | RuntimeException e) {
        return null;
      }
    }

    boolean heldAt(Instant now) {
      return now.isBefore(expires) && !holder.dead();
    }
  }
}
