package dev.sieve.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sieve.error.UserException;
import dev.sieve.spark.SmallDisk;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lease over time: renewed, late, on a disk that is full. */
@Timeout(60)
final class LeaseRenewalTest {
  @TempDir private Path dir;

  /** It stood still for longer than its lease, and its renewal comes before its commit. */
  @Test
  void aFrozenDriverThatWakesUpDoesNotTakeItsLeaseBack() throws IOException {
    TestClock clock = new TestClock();
    try (Lease frozen = take(clock)) {
      clock.advance(Lease.VALID.plusSeconds(1));
      try (Lease second = take(clock)) {
        frozen.renew();
        second.check();
        assertThatThrownBy(frozen::check)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("'demo' was taken over by process");
      }
    }
  }

  /** It has looked, and stands still before it writes what it looked for. */
  @Test
  void aRenewalThatStallsOverwritesNobodysLease() throws IOException {
    TestClock clock = new TestClock();
    try (Lease stalled = take(clock)) {
      List<Lease> taken = new ArrayList<>();
      // Its second reading is for the time that it writes.
      clock.atReading(
          2,
          () -> {
            clock.advance(Lease.VALID.plusSeconds(10));
            taken.add(take(clock));
          });
      stalled.renew();
      try (Lease second = taken.get(0)) {
        second.check();
        assertThatThrownBy(stalled::check)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("was taken over by process");
        assertThat(names(dir)).containsExactly("lease");
      }
    }
  }

  @Test
  void aTakeOverThatStallsOverwritesNobodysLease() throws IOException {
    TestClock clock = new TestClock();
    try (Lease first = take(clock)) {
      clock.advance(Lease.VALID.plusSeconds(1));
      // Its third reading is for its claim.
      clock.atReading(3, first::renew);
      assertThatThrownBy(() -> take(clock)).hasMessageContaining("is being run by");
      first.check();
      assertThat(names(dir)).containsExactly("lease");
    }
  }

  @Test
  void aDriverThatWakesUpGoesOnWhereNobodyTookItsLease() throws IOException {
    for (boolean renewalFirst : new boolean[] {true, false}) {
      TestClock clock = new TestClock();
      try (Lease lease = take(clock)) {
        clock.advance(Lease.VALID.plusSeconds(1));
        if (renewalFirst) {
          lease.renew();
        }
        lease.check();
        assertThat(claims()).isEmpty();
        assertThatThrownBy(() -> take(clock)).hasMessageContaining("is being run by");
      }
    }
  }

  /** The second driver has seen that the lease is free, and claims it a moment too late. */
  @Test
  void aHolderThatWakesUpBetweenTheStepsOfATakeOverKeepsItsLease() throws IOException {
    TestClock clock = new TestClock();
    try (Lease frozen = take(clock)) {
      clock.advance(Lease.VALID.plusSeconds(1));
      clock.atReading(2, frozen::renew);
      assertThatThrownBy(() -> take(clock)).hasMessageContaining("is being run by");
      frozen.check();
      assertThat(claims()).isEmpty();
    }
  }

  @Test
  void whileAnotherClaimsItItIsNotRenewed() throws IOException {
    TestClock clock = new TestClock();
    try (Lease frozen = take(clock)) {
      clock.advance(Lease.VALID.plusSeconds(1));
      String text = Files.readString(leaseFile());
      String token = text.substring(text.indexOf("token=") + "token=".length()).strip();
      Path claim = Path.of(leaseFile() + "-claim-" + token);
      Files.writeString(claim, "");
      Files.setLastModifiedTime(claim, FileTime.from(clock.instant()));
      assertThatThrownBy(frozen::check).hasMessageContaining("just taking the lease of 'demo'");
      Files.setLastModifiedTime(claim, FileTime.from(clock.instant().plusSeconds(3600)));
      assertThatThrownBy(frozen::check)
          .hasMessageContaining("has yet to come")
          .hasMessageContaining("remove " + claim);
      // One that was left behind is none.
      Files.setLastModifiedTime(claim, FileTime.from(clock.instant().minusSeconds(31)));
      frozen.check();
      assertThat(claims()).isEmpty();
    }
  }

  /** Whatever goes wrong, even what ends a scheduled task for good without a word. */
  @Test
  void aRenewalThatFailsIsTriedAgain() throws IOException {
    TestClock clock = new TestClock();
    try (Lease lease = Lease.take(files(dir), "demo", clock, Duration.ofMillis(1))) {
      for (Throwable fault :
          List.of(new IOException("gone away"), new IOError(new IOException("full")))) {
        clock.failInRenewals(20, fault);
        clock.advance(Duration.ofSeconds(10));
        awaitRenewal(dir, clock.instant());
        assertThat(clock.failuresLeft()).isZero();
      }
      lease.check();
    }
  }

  @Test
  void aFullDiskTakesNoLeaseAway() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(dir.resolve("disk"), 1);
    assumeTrue(mounted.isPresent(), SmallDisk.MISSING);
    TestClock clock = new TestClock();
    try (SmallDisk disk = mounted.orElseThrow();
        Lease lease = Lease.take(files(disk.folder()), "demo", clock, Duration.ofMillis(5))) {
      disk.fillBut(0);
      assertThatThrownBy(() -> Files.write(disk.folder().resolve("more"), new byte[1]))
          .hasMessageContaining("No space left");
      for (int i = 0; i < 10; i++) {
        clock.advance(Lease.RENEWAL);
        awaitRenewal(disk.folder(), clock.instant());
        lease.check();
      }
      assertThatThrownBy(() -> Lease.take(files(disk.folder()), "demo", clock))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being run by process");
      disk.free();
      clock.advance(Lease.RENEWAL);
      awaitRenewal(disk.folder(), clock.instant());
      lease.close();
      assertThat(names(disk.folder())).isEmpty();
    }
  }

  /** Until the file says that the lease is good for as long as it can be at a time. */
  private static void awaitRenewal(Path dir, Instant now) throws IOException {
    Path file = dir.resolve(Lease.file("demo"));
    LeaseEntry entry;
    do {
      Thread.onSpinWait();
      entry = LeaseEntry.parse(Files.readString(file));
    } while (entry == null || entry.expires().isBefore(now.plus(Lease.VALID).minusSeconds(1)));
  }

  private Lease take(TestClock clock) throws IOException {
    return Lease.take(files(dir), "demo", clock);
  }

  private static ResultFiles files(Path dir) throws IOException {
    return new ResultFiles(new Configuration(false), "file:" + dir);
  }

  private Path leaseFile() {
    return dir.resolve(Lease.file("demo"));
  }

  private List<String> claims() throws IOException {
    return names(dir).stream().filter(name -> name.contains("claim")).toList();
  }

  private static List<String> names(Path dir) throws IOException {
    try (Stream<Path> all = Files.list(dir.resolve(Lease.file("demo")).getParent())) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
