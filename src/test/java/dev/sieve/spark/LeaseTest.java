package dev.sieve.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
          .hasMessageContaining("on " + GroupTask.host())
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
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    write(GroupTask.host(), ended.pid(), Instant.now(), Instant.now().plusSeconds(30));
    try (Lease lease = take()) {
      lease.check();
    }
  }

  @Test
  void aProcessIdUsedAgainIsNotTheHolder() throws IOException {
    write(
        GroupTask.host(),
        ProcessHandle.current().pid(),
        Instant.now().minus(Duration.ofDays(2)),
        Instant.now().plusSeconds(30));
    try (Lease lease = take()) {
      lease.check();
    }
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
    Files.createDirectories(leaseFile().getParent());
    Files.writeString(leaseFile(), "host=", UTF_8);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("just starting 'demo'");
    Files.setLastModifiedTime(leaseFile(), FileTime.from(Instant.now().minusSeconds(60)));
    assertThatCode(() -> take().close()).doesNotThrowAnyException();
  }

  private Lease take() throws IOException {
    return Lease.take(new ResultFiles(new Configuration(false), "file:" + dir), "demo", CLOCK);
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
    Files.createDirectories(leaseFile().getParent());
    Files.write(leaseFile(), new Lease.Holder(host, process, started, "token").text(expires));
  }
}
