package dev.sieve.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sieve.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTest {
  private static final Clock CLOCK = Clock.systemUTC();
  @TempDir private Path dir;

  @Test
  void aSecondDriverIsToldWhoHoldsTheLeaseAndUntilWhen() throws IOException {
    try (Lease lease = take()) {
      lease.check();
      assertThatThrownBy(this::take)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'demo' is being run by process " + ProcessHandle.current().pid())
          .hasMessageContaining("on " + Machine.host())
          .hasMessageContaining("expire at " + Instant.now().toString().substring(0, 4));
    }
  }

  @Test
  void aLeaseGivenBackIsFree() throws IOException {
    take().close();
    assertThat(leaseFile()).doesNotExist();
    try (Lease again = take()) {
      again.check();
    }
  }

  @Test
  void aDeadProcessOnThisHostFreesItAtOnce() throws Exception {
    write(dead(), Instant.now().plusSeconds(30));
    try (Lease lease = take()) {
      lease.check();
    }
  }

  /** Where a process cannot be seen, its absence says nothing. */
  @Test
  void aProcessThatWouldNotBeSeenFromHereHoldsItUntilItExpires() throws Exception {
    Holder dead = dead();
    for (Holder unseen :
        List.of(
            with(dead, "elsewhere", dead.boot(), dead.namespace(), dead.user()),
            with(dead, dead.host(), "another boot", dead.namespace(), dead.user()),
            with(dead, dead.host(), dead.boot(), "pid:[1]", dead.user()),
            with(dead, dead.host(), dead.boot(), dead.namespace(), "another user"),
            with(dead, dead.host(), "", "", ""))) {
      write(unseen, Instant.now().plusSeconds(30));
      assertThatThrownBy(this::take)
          .as(unseen + unseen.boot() + unseen.namespace() + unseen.user())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being run by process " + dead.process());
      write(unseen, Instant.now().minusSeconds(1));
      take().close();
    }
  }

  @Test
  void theMessageSaysThatTheHolderIsInAnotherContainer() throws Exception {
    Holder self = Holder.self();
    write(
        with(self, self.host(), self.boot(), "pid:[1]", self.user()), Instant.now().plusSeconds(9));
    assertThatThrownBy(this::take)
        .hasMessageContaining("on " + self.host() + " in another container, whose lease");
  }

  /** A driver of an older version wrote five lines. */
  @Test
  void aLeaseOfAnOlderVersionExpires() throws Exception {
    Process ended = ended();
    for (int seconds : new int[] {30, -1}) {
      Files.createDirectories(leaseFile().getParent());
      Files.writeString(
          leaseFile(),
          "host=%s\nprocess=%s\nstarted=%s\nexpires=%s\ntoken=2bd7\n"
              .formatted(
                  Machine.host(),
                  ended.pid(),
                  "2026-11-28T18:52:07.120Z",
                  Instant.now().plusSeconds(seconds)));
      written(Instant.now().plusSeconds(seconds).minus(Lease.VALID));
      if (seconds > 0) {
        assertThatThrownBy(this::take)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("is being run by process " + ended.pid());
      } else {
        take().close();
      }
    }
  }

  @Test
  void aLeaseIsReadAsItWasWritten() {
    Instant expires = Instant.parse("2026-11-28T18:52:07Z");
    for (Holder holder :
        List.of(
            Holder.self(),
            new Holder("h", 7, Instant.EPOCH, "", "", "DOMAIN\\bob", "t"),
            new Holder("höst", 7, Instant.EPOCH, "b", "pid:[4026531836]", "1000", "t"))) {
      LeaseEntry entry = new LeaseEntry(holder, expires);
      assertThat(LeaseEntry.parse(new String(entry.text(), UTF_8))).isEqualTo(entry);
      assertThat(new LeaseEntry(holder, expires.plusMillis(31_256)).text())
          .hasSameSizeAs(entry.text());
    }
  }

  /** A process of this machine that is no more, though another one has its number. */
  private static Holder replaced() {
    Holder self = Holder.self();
    return new Holder(
        self.host(),
        self.process(),
        Instant.now().minus(Duration.ofDays(2)),
        self.boot(),
        self.namespace(),
        self.user(),
        "token");
  }

  @Test
  void aProcessIdUsedAgainIsNotTheHolder() throws IOException {
    write(replaced(), Instant.now().plusSeconds(30));
    try (Lease lease = take()) {
      lease.check();
    }
  }

  /** Ended while they took over, one after the other, the lease of one that had ended. */
  @Test
  void claimsOfDriversThatEndedAreNoClaims() throws IOException {
    Holder self = Holder.self();
    Holder ended = replaced();
    write(ended, Instant.now().plusSeconds(30));
    Path claim = Path.of(leaseFile() + "-claim-token");
    Files.write(claim, new LeaseEntry(ended, Instant.now().plusSeconds(30)).text());
    Files.write(
        Path.of(claim + "-" + self.process()),
        new LeaseEntry(ended, Instant.now().plusSeconds(30)).text());
    try (Lease lease = take()) {
      lease.check();
    }
    assertThat(claims()).isEmpty();

    write(ended, Instant.now().plusSeconds(30));
    Files.write(claim, new LeaseEntry(self, Instant.now().plusSeconds(30)).text());
    assertThatThrownBy(this::take).hasMessageContaining("just taking the lease of 'demo'");
  }

  /** Each was ended as it wrote its claim, which says nothing of it. */
  @Test
  void aClaimWrittenHalfwayIsSomebodysUntilItIsOld() throws IOException {
    write(replaced(), Instant.now().plusSeconds(30));
    Path claim = Path.of(leaseFile() + "-claim-token");
    Files.writeString(claim, "host=");
    assertThatThrownBy(this::take).hasMessageContaining("just taking the lease of 'demo'");
    Instant old = Instant.ofEpochMilli(Instant.now().toEpochMilli()).minusSeconds(60);
    Files.setLastModifiedTime(claim, FileTime.from(old));
    Path next = Path.of(claim + "-" + old.toEpochMilli());
    Files.writeString(next, "");
    assertThatThrownBy(this::take).hasMessageContaining("just taking the lease of 'demo'");
    Files.setLastModifiedTime(next, FileTime.from(old));
    take().close();
    assertThat(claims()).isEmpty();
  }

  @Test
  void onAnotherHostItHoldsUntilItExpires() throws IOException {
    write("elsewhere", 1, Instant.EPOCH, Instant.now().plusSeconds(30));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("process 1 on elsewhere");
    write("elsewhere", 1, Instant.EPOCH, Instant.now().minusSeconds(1));
    try (Lease lease = take()) {
      lease.check();
    }
    assertThat(claims()).isEmpty();
  }

  /** The holder's clock is behind, or ours ahead: the file was written a moment ago. */
  @Test
  void aLeaseOfAnotherHostThatIsBeingRenewedIsHeldWhateverTheClocksSay() throws IOException {
    write("elsewhere", 7, Instant.EPOCH, Instant.now().minus(Duration.ofHours(1)));
    written(Instant.now().minusSeconds(4));
    byte[] before = Files.readAllBytes(leaseFile());
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'demo' is being run by process 7 on elsewhere")
        .message()
        .containsPattern("its lease was written [45] s ago by the clock of the file system")
        .contains("set the clocks of both hosts");
    assertThat(leaseFile()).hasBinaryContent(before);
    assertThat(claims()).isEmpty();

    // On this host there is one clock.
    Holder self = Holder.self();
    write(with(self, self.host(), self.boot(), self.namespace(), self.user()), Instant.now());
    written(Instant.now());
    take().close();
  }

  @Test
  void ofManyThatFindItExpiredOneGetsIt() throws Exception {
    write("elsewhere", 1, Instant.EPOCH, Instant.now().minusSeconds(1));
    int drivers = 8;
    CyclicBarrier together = new CyclicBarrier(drivers);
    ExecutorService pool = Executors.newFixedThreadPool(drivers);
    List<Future<Lease>> takings = new ArrayList<>();
    for (int i = 0; i < drivers; i++) {
      takings.add(
          pool.submit(
              () -> {
                together.await();
                return take();
              }));
    }
    List<Lease> taken = new ArrayList<>();
    for (Future<Lease> taking : takings) {
      try {
        taken.add(taking.get());
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(UserException.class);
      }
    }
    pool.shutdown();
    assertThat(taken).hasSize(1);
    taken.get(0).check();
    taken.get(0).close();
  }

  @Test
  void aDriverWhoseLeaseWasTakenOverMayNotWrite() throws IOException {
    try (Lease lease = take()) {
      write("elsewhere", 7, Instant.now(), Instant.now().plusSeconds(30));
      assertThatThrownBy(lease::check)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'demo' was taken over by process 7 on elsewhere");
    }
    assertThat(leaseFile()).content().contains("elsewhere");
  }

  @Test
  void aLeaseThatIsGoneIsNotHeld() throws IOException {
    try (Lease lease = take()) {
      Files.delete(leaseFile());
      assertThatThrownBy(lease::check)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("studies/demo/lease of 'demo' is gone");
    }
  }

  @Test
  void aFileWrittenHalfwayIsSomebodysUntilItIsOld() throws IOException {
    for (String text : new String[] {"host=", ""}) {
      Files.createDirectories(leaseFile().getParent());
      Files.writeString(leaseFile(), text, UTF_8);
      assertThatThrownBy(this::take)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(text.isEmpty() ? "is empty" : "is damaged: its 5 bytes")
          .hasMessageContaining("it is free at ")
          .hasMessageContaining("remove " + leaseFile());
      Files.setLastModifiedTime(leaseFile(), FileTime.from(Instant.now().minusSeconds(60)));
      take().close();
      assertThat(claims()).isEmpty();
    }
  }

  @Test
  void aDateYetToComeIsNamedWithWhatToRemove() throws IOException {
    Files.createDirectories(leaseFile().getParent());
    Files.writeString(leaseFile(), "", UTF_8);
    Instant later = Instant.now().plus(Duration.ofDays(400));
    Files.setLastModifiedTime(leaseFile(), FileTime.from(later));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the lease of 'demo' is empty, and its date of " + year(later))
        .hasMessageContaining("remove " + leaseFile());

    write("elsewhere", 7, Instant.EPOCH, later);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("held by process 7 on elsewhere until " + year(later))
        .hasMessageContaining("remove " + leaseFile());
    Files.delete(leaseFile());
    take().close();
  }

  @Test
  void aFolderIsNoLease() throws IOException {
    Files.createDirectories(leaseFile());
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must be a file, but is a folder")
        .hasMessageContaining("remove " + leaseFile());
    assertThat(Lease.held(files(), "demo", CLOCK)).isFalse();
  }

  @Test
  void aLeaseDamagedWhileItIsHeldIsSaid() throws IOException {
    try (Lease lease = take()) {
      Files.writeString(leaseFile(), "hots=", UTF_8);
      assertThatThrownBy(lease::check)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is no longer one")
          .hasMessageContaining("remove it and run the command again");
    }
  }

  @Test
  void timesAreSaidToTheSecondWithTheirZone() throws IOException {
    try (Lease lease = take()) {
      lease.check();
      assertThatThrownBy(this::take)
          .message()
          .containsPattern(
              "expire at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d\\d:\\d\\d: ")
          .doesNotContainPattern("\\d\\.\\d");
    }
  }

  private static String year(Instant instant) {
    return instant.toString().substring(0, 4);
  }

  private static Process ended() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    return ended;
  }

  /** A process of this machine that has ended. */
  private static Holder dead() throws Exception {
    Holder self = Holder.self();
    return new Holder(
        self.host(),
        ended().pid(),
        Instant.now(),
        self.boot(),
        self.namespace(),
        self.user(),
        "token");
  }

  private static Holder with(
      Holder holder, String host, String boot, String namespace, String user) {
    return new Holder(
        host, holder.process(), holder.started(), boot, namespace, user, holder.token());
  }

  private ResultFiles files() throws IOException {
    return new ResultFiles(new Configuration(false), "file:" + dir);
  }

  private Lease take() throws IOException {
    return Lease.take(files(), "demo", CLOCK);
  }

  private Path leaseFile() {
    return dir.resolve(Lease.file("demo"));
  }

  private List<Path> claims() throws IOException {
    try (Stream<Path> all = Files.list(leaseFile().getParent())) {
      return all.filter(file -> file.toString().contains("claim")).toList();
    }
  }

  private void write(String host, long process, Instant started, Instant expires)
      throws IOException {
    write(new Holder(host, process, started, "", "", "", "token"), expires);
  }

  private void write(Holder holder, Instant expires) throws IOException {
    Files.createDirectories(leaseFile().getParent());
    Files.write(leaseFile(), new LeaseEntry(holder, expires).text());
    written(expires.minus(Lease.VALID));
  }

  private void written(Instant time) throws IOException {
    Files.setLastModifiedTime(leaseFile(), FileTime.from(time));
  }
}
