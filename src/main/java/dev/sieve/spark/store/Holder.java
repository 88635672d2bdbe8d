package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lease: a process, and a token of this one taking.
 *
 * @param started since the machine's start, counted from 1970, where the system tells: the time of
 *     day may be set while a driver runs
 * @param boot which start of the machine's kernel; empty where the system has no such id
 * @param namespace which process namespace, since containers count processes on their own; empty
 *     where the system has none
 * @param user whose process, since a user may not see another's
 */
record Holder(
    String host,
    long process,
    Instant started,
    String boot,
    String namespace,
    String user,
    String token) {
  private static final Path SELF = Path.of("/proc/self");

  /** This process, with a new token. */
  static Holder self() {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(
        Machine.host(),
        self.pid(),
        startOf(self).orElse(Instant.EPOCH),
        bootId(),
        processNamespace(),
        owner(),
        UUID.randomUUID().toString());
  }

  /**
   * Whether the process is known to have ended: it would be seen from here, and is not. A lease of
   * an older version does not say where it would be seen; it expires.
   */
  boolean dead() {
    return seenFromHere()
        && ProcessHandle.of(process)
            .filter(ProcessHandle::isAlive)
            .filter(this::sameStart)
            .isEmpty();
  }

  /** Whether it would be: then its clock is this one, too. */
  boolean seenFromHere() {
    return host.equals(Machine.host())
        && boot.equals(bootId())
        && namespace.equals(processNamespace())
        && user.equals(owner());
  }

  /** Process ids are used again; starts are known to a clock tick. */
  private boolean sameStart(ProcessHandle found) {
    return startOf(found)
        .map(start -> Duration.between(start, started).abs().toSeconds() < 2)
        .orElse(true);
  }

  private static Optional<Instant> startOf(ProcessHandle process) {
    try {
      // Behind the program's name, which may hold anything, the 20th number: hundredths of a
      // second.
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), ISO_8859_1);
      String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Instant.EPOCH.plusMillis(10 * Long.parseLong(numbers[19])));
    } catch (IOException | RuntimeException e) {
      return process.info().startInstant();
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    boolean contained =
        host.equals(Machine.host())
            && !namespace.isEmpty()
            && !namespace.equals(processNamespace());
    return "process " + process + " on " + host + (contained ? " in another container" : "");
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String processNamespace() {
    try {
      return Files.readSymbolicLink(SELF.resolve("ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** The user's number where there is one: names are not unique, and a JVM can be told any. */
  private static String owner() {
    try {
      return Files.getAttribute(SELF, "unix:uid").toString();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return System.getProperty("user.name", "");
    }
  }
}
