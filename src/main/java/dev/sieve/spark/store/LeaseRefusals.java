package dev.sieve.spark.store;

import dev.sieve.error.UserException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a driver is told that may not have, or no longer has, a study's lease. */
final class LeaseRefusals {
  private static final String ONE = "a study must have one driver at a time, but ";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /** Clocks of two hosts differ by no more than this, or the lease's date is named as the fault. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final String study;
  private final String file;

  /**
   * @param file the lease's, as a user may remove it
   */
  LeaseRefusals(String study, String file) {
    this.study = study;
    this.file = file;
  }

  UserException held(LeaseEntry entry, Instant now) {
    Holder holder = entry.holder();
    if (entry.expires().isAfter(now.plus(Lease.VALID).plus(SKEW))) {
      return new UserException(
          ONE
              + "'%s' is held by %s until %s, and no lease is given for more than %s s: a clock was wrong, or the file was changed; if that process has ended, remove %s"
                  .formatted(study, holder, time(entry.expires()), Lease.VALID.toSeconds(), file));
    }
    return new UserException(
        ONE
            + "'%s' is being run by %s, whose lease is renewed every %s s and would expire at %s: wait for it, or end that process"
                .formatted(study, holder, Lease.RENEWAL.toSeconds(), time(entry.expires())));
  }

  /** A lease that has expired by this host's clock, and is being renewed. */
  UserException otherClock(LeaseEntry entry, Duration age) {
    return new UserException(
        ONE
            + "'%s' is being run by %s: its lease was written %s s ago by the clock of the file system, though by this host's it expired at %s: set the clocks of both hosts, and wait for that driver, or end its process"
                .formatted(
                    study, entry.holder(), Math.max(0, age.toSeconds()), time(entry.expires())));
  }

  /** A file that is no lease: one that a driver is just writing, or died while writing. */
  UserException unreadable(long bytes, Instant written, Instant now) {
    String what =
        bytes == 0 ? "is empty" : "is damaged: its %s bytes are no lease".formatted(bytes);
    if (written.isAfter(now.plus(SKEW))) {
      return new UserException(
          ONE
              + "the lease of '%s' %s, and its date of %s has yet to come: if no driver runs the study, remove %s"
                  .formatted(study, what, time(written), file));
    }
    return new UserException(
        ONE
            + "the lease of '%s' %s: a driver is just starting, or one was ended as it wrote; it is free at %s: run the command again then, or if no driver runs the study, remove %s"
                .formatted(study, what, time(written.plus(Lease.VALID)), file));
  }

  UserException folder() {
    return new UserException(
        "the lease of '%s' must be a file, but is a folder, which Sieve does not make: remove %s"
            .formatted(study, file));
  }

  /** Another driver's claim on a lease that is free. */
  UserException claimed(String claim, Instant written, Instant now) {
    if (written.isAfter(now.plus(SKEW))) {
      return new UserException(
          ONE
              + "the claim on the lease of '%s' is dated %s, which has yet to come: if no driver runs the study, remove %s"
                  .formatted(study, time(written), claim));
    }
    return new UserException(
        ONE
            + "another one is just taking the lease of '%s', or was ended as it did: run the command again in a moment"
                .formatted(study));
  }

  UserException gone() {
    return new UserException(
        "a driver must hold its study's lease to write results, but %s of '%s' is gone: the results folder was removed while the study ran, or another driver took the study over and ended while this one stood still; run the command again"
            .formatted(file, study));
  }

  UserException damaged() {
    return new UserException(
        "a driver must hold its study's lease to write results, but %s of '%s' is no longer one: it was damaged, or changed by another program; what was committed is kept: remove it and run the command again"
            .formatted(file, study));
  }

  UserException takenOver(Holder by) {
    return new UserException(
        "a driver must hold its study's lease to write results, but '%s' was taken over by %s while this one did not answer for more than %s s; what was committed is kept"
            .formatted(study, by, Lease.VALID.toSeconds()));
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }
}
