package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one driver to write a study's results: a file that its holder renews. A holder that
 * died where this process would see it frees it at once, elsewhere it expires; see {@link Holder}.
 *
 * <p>A lease that is free is taken over in two steps, so that of two that find it so one gets it:
 * whoever creates the claim on the old lease's token may replace that lease and no other. A holder
 * that finds its own lease expired (it stood still, or could not write) gets it back in the same
 * way. Whoever stood still between a look and a rename looks again right before it.
 *
 * <p>Two hosts' clocks may differ. A lease of elsewhere that has expired by this host's clock was
 * also written that long ago by the file system's, which dated both the lease and the claim.
 */
final class Lease implements AutoCloseable {
  /** How the names of claims begin. */
  static final String CLAIM = "lease-claim-";

  static final Duration VALID = Duration.ofSeconds(30);

  /** Dates of files, and those in leases, may be of whole seconds. */
  private static final Duration OLD = VALID.minusSeconds(2);

  private static final int TRIES = 10;
  static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final ResultFiles files;
  private final String study;
  private final String file;
  private final Clock clock;
  private final Holder holder = Holder.self();
  private final LeaseRefusals refusals;
  private final ScheduledExecutorService renewals;
  private boolean failing;

  private Lease(ResultFiles files, String study, Clock clock) {
    this.files = files;
    this.study = study;
    this.file = file(study);
    this.clock = clock;
    this.refusals = new LeaseRefusals(study, files.name(file));
    this.renewals =
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
   * @throws dev.sieve.error.UserException if another driver holds it
   */
  static Lease take(ResultFiles files, String study, Clock clock) throws IOException {
    return take(files, study, clock, RENEWAL);
  }

  static Lease take(ResultFiles files, String study, Clock clock, Duration renewal)
      throws IOException {
    Lease lease = new Lease(files, study, clock);
    // Again where its holder gave it back between the two looks.
    boolean taken = false;
    for (int tries = 0; !taken && tries < TRIES; tries++) {
      taken = files.create(lease.file, lease.renewed()) || lease.takeOver();
    }
    if (!taken) {
      throw lease.refusals.gone();
    }
    lease.renewals.scheduleAtFixedRate(
        lease::tryRenewal, renewal.toMillis(), renewal.toMillis(), TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Whether a living driver holds a study's lease. */
  static boolean held(ResultFiles files, String study, Clock clock) throws IOException {
    LeaseEntry entry = read(files, study);
    return entry != null && entry.heldAt(clock.instant());
  }

  /** True, or an exception; false where the old lease went away meanwhile. */
  private boolean takeOver() throws IOException {
    LeaseEntry old = read(files, study);
    if (old == null) {
      return takeUnreadable();
    }
    if (old.heldAt(clock.instant())) {
      throw refusals.held(old, clock.instant());
    }
    return replaceFree(old);
  }

  private boolean replaceFree(LeaseEntry old) throws IOException {
    List<String> claims = claim(old.holder().token());
    try {
      return files.replaceIf(file, renewed(), () -> isFree(old, own(claims))) && readBack();
    } finally {
      delete(claims);
    }
  }

  /** True, or an exception; false where the old lease went away meanwhile. */
  private boolean isFree(LeaseEntry old, String claim) throws IOException {
    LeaseEntry now = read(files, study);
    if (now == null) {
      return false;
    }
    boolean renewed = now.heldAt(clock.instant()) && !now.isOf(holder);
    if (renewed || !now.isOf(old.holder())) {
      throw refusals.held(now, clock.instant());
    }
    Duration age = age(claim);
    if (!now.holder().seenFromHere() && age.compareTo(OLD) < 0) {
      throw refusals.otherClock(now, age);
    }
    return true;
  }

  /** How long before the claim the lease was written, by the file system's clock. */
  private Duration age(String claim) throws IOException {
    long written = files.modified(file);
    // Where files have no dates there is this host's clock alone.
    return written == 0 ? VALID : Duration.ofMillis(files.modified(claim) - written);
  }

  /** True, or an exception where another driver did the same in the same moment. */
  private boolean readBack() throws IOException {
    LeaseEntry now = read(files, study);
    if (now != null && !now.isOf(holder)) {
      throw refusals.held(now, clock.instant());
    }
    return now != null;
  }

  private boolean takeUnreadable() throws IOException {
    if (isFolder(files, study)) {
      throw refusals.folder();
    }
    byte[] content = files.read(file);
    if (content == null) {
      return false;
    }
    Instant written = Instant.ofEpochMilli(files.modified(file));
    Instant now = clock.instant();
    if (!written.plus(VALID).isBefore(now)) {
      throw refusals.unreadable(content.length, written, now);
    }
    List<String> claims = claim("unreadable");
    try {
      return files.replaceIf(
              file,
              renewed(),
              () ->
                  read(files, study) == null
                      && files.exists(file)
                      && age(own(claims)).compareTo(OLD) >= 0)
          && readBack();
    } finally {
      delete(claims);
    }
  }

  /**
   * Creates a claim; of several drivers one can. Where the driver that did is known to have ended
   * meanwhile, or had the time that a lease is valid to use its claim, the claim is on its claim:
   * all who come after it do the same.
   *
   * @return the claims that are none any more, and the own one last
   */
  private List<String> claim(String on) throws IOException {
    List<String> claims = new ArrayList<>();
    String claim = "studies/" + study + "/" + CLAIM + on;
    while (!files.create(claim, renewed())) {
      byte[] content = files.read(claim);
      Instant written = Instant.ofEpochMilli(files.modified(claim));
      LeaseEntry other = content == null ? null : LeaseEntry.parse(new String(content, UTF_8));
      String next = "";
      if (other != null && other.holder().dead()) {
        next = "-" + other.holder().process();
      } else if (written.toEpochMilli() > 0 && written.plus(VALID).isBefore(clock.instant())) {
        next = "-" + written.toEpochMilli(); // without a date it went away just now
      }
      if (next.isEmpty() || claims.size() == TRIES) {
        throw refusals.claimed(files.name(claim), written, clock.instant());
      }
      claims.add(claim);
      claim += next;
    }
    claims.add(claim);
    return claims;
  }

  private static String own(List<String> claims) {
    return claims.get(claims.size() - 1);
  }

  /** The own one last: as long as it is there nobody else has one. */
  private void delete(List<String> claims) throws IOException {
    for (String claim : claims) {
      files.delete(claim);
    }
  }

  /**
   * Returns if this driver still holds the lease.
   *
   * @throws dev.sieve.error.UserException if another took it, or the file is gone
   * @throws IOException if it expired and cannot be renewed now
   */
  synchronized void check() throws IOException {
    LeaseEntry now = read(files, study);
    if (now == null) {
      throw files.exists(file) ? refusals.damaged() : refusals.gone();
    }
    if (!now.isOf(holder)) {
      throw refusals.takenOver(now.holder());
    }
    if (!clock.instant().isBefore(now.expires()) && !replaceFree(now)) {
      throw refusals.gone();
    }
  }

  /** Never ends the schedule: what it throws would, and nobody would hear of it. */
  private synchronized void tryRenewal() {
    try {
      renew();
      if (failing) {
        LOG.warn("the lease of '{}' is renewed again", study);
      }
      failing = false;
    } catch (Throwable e) {
      if (!failing) {
        failing = true;
        LOG.warn(
            "the lease of '{}' could not be renewed, which is tried again every {} s: {}",
            study,
            RENEWAL.toSeconds(),
            e.toString());
      }
    }
  }

  /** One renewal. Does nothing where the lease is lost: the next commit says so. */
  synchronized void renew() throws IOException {
    LeaseEntry now = read(files, study);
    if (now == null || !now.isOf(holder)) {
      return;
    }
    if (!clock.instant().isBefore(now.expires())) {
      replaceFree(now);
      return;
    }
    try {
      files.replaceIf(file, renewed(), this::stillHeld);
    } catch (IOException | FSError e) {
      // A disk that is full takes no new file, but the old one may be written over.
      if (!stillHeld() || !files.overwrite(file, renewed())) {
        throw e;
      }
    }
  }

  /** By nobody else, and not so long that somebody may be about to take it. */
  private boolean stillHeld() throws IOException {
    LeaseEntry now = read(files, study);
    return now != null && now.isOf(holder) && clock.instant().isBefore(now.expires());
  }

  private byte[] renewed() {
    return new LeaseEntry(holder, clock.instant().plus(VALID)).text();
  }

  /** Gives the lease back, if it is still held. */
  @Override
  public void close() {
    renewals.shutdown();
    try {
      // A renewal under way would put the file back.
      if (!renewals.awaitTermination(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      LeaseEntry now = read(files, study);
      if (now != null && now.isOf(holder)) {
        files.delete(file);
      }
    } catch (IOException | FSError e) {
      LOG.warn("the lease of '{}' could not be given back: {}", study, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null where there is none that can be read. */
  private static @Nullable LeaseEntry read(ResultFiles files, String study) throws IOException {
    try {
      byte[] bytes = files.read(file(study));
      return bytes == null ? null : LeaseEntry.parse(new String(bytes, UTF_8));
    } catch (IOException e) {
      if (isFolder(files, study)) {
        return null;
      }
      throw e;
    }
  }

  private static boolean isFolder(ResultFiles files, String study) throws IOException {
    return files.folders("studies/" + study).contains("lease");
  }
}
