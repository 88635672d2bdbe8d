package dev.sieve.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same jar and file on a standalone Master with two Workers, and on {@code local-cluster}: the
 * same table as {@code local[2]}.
 */
class ClusterIT {
  private static final String CONF = "src/test/resources/small.conf";

  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private static final String[] LOCAL_CLUSTER = {
    "--master",
    "local-cluster[2,1,1024]",
    "--conf",
    "spark.executor.memory=700m",
    "--conf",
    Launcher.EXECUTOR_ARCHIVE
  };

  @TempDir Path scratch;
  private final List<Process> daemons = new ArrayList<>();

  @AfterEach
  void stopDaemons() throws InterruptedException {
    for (Process daemon : daemons) {
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void aStandaloneClusterGivesTheTableOfLocalMode() throws IOException, InterruptedException {
    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    daemon(
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        "" + port,
        "--webui-port",
        "" + freePort());
    for (int i = 0; i < 2; i++) {
      daemon(
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--webui-port",
          "" + freePort(),
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          scratch.resolve("work" + i).toString(),
          master);
    }
    Path clustered = scratch.resolve("clustered");
    run("run", clustered, on(master));
    Path local = scratch.resolve("local");
    run("run", local, "--master", "local[2]");

    assertThat(Launcher.table(clustered)).isEqualTo(Launcher.table(local));
    assertThat(Launcher.table(penguins(master)))
        .hasSizeGreaterThan(20)
        .isEqualTo(Launcher.table(penguins("local[1]")));
  }

  /** A search on rows, which executors are sent. */
  private Path penguins(String master) throws IOException, InterruptedException {
    Path results = scratch.resolve(master.startsWith("spark") ? "rows" : "local rows");
    List<String> words = new ArrayList<>(List.of("run", "-c", "conf/table.conf"));
    words.addAll(List.of(on(master)));
    words.addAll(
        List.of(
            "data.table.path=" + Path.of("conf/penguins.csv").toAbsolutePath(),
            "coarse.configurations=3",
            "training.schedule.epochs=3",
            "fine=null",
            "final.replicates=2",
            "results.dir=" + results));
    Launcher.Ended ended = Launcher.sieve(scratch, words.toArray(new String[0])).end();
    assertThat(ended.status()).as(ended.err()).isZero();
    return results;
  }

  /** Options for a master whose workers are this machine's. */
  private static String[] on(String master) {
    return new String[] {
      "--master",
      master,
      "--executor-memory",
      "700m",
      "--conf",
      Launcher.EXECUTOR_ARCHIVE,
      "--conf",
      "spark.driver.bindAddress=127.0.0.1",
      "--conf",
      "spark.driver.host=127.0.0.1"
    };
  }

  @Test
  void theGroupOfAKilledExecutorGoesOnFromWhatItKept() throws IOException, InterruptedException {
    List<String> longer =
        List.of(
            "training.schedule.half-cycle=900",
            "data.train=3000",
            "engine.fuse=8",
            "engine.checkpoint-every=300 ms");
    Path clustered = scratch.resolve("clustered");
    List<String> words = words("coarse", clustered, LOCAL_CLUSTER);
    words.addAll(longer);
    Launcher.Running running = Launcher.sieve(scratch, words.toArray(new String[0]));
    Path kept = clustered.resolve("studies/small/checkpoints");
    running.until(() -> progressFiles(kept) == 16);
    ProcessHandle executor =
        running
            .process()
            .descendants()
            .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR))
            .findFirst()
            .orElseThrow();
    assertThat(executor.destroyForcibly()).isTrue();
    Launcher.Ended ended = running.end();
    assertThat(ended.status()).as(ended.err()).isZero();
    Path local = scratch.resolve("local");
    run("coarse", local, longer.subList(0, 2).toArray(new String[0]));

    assertThat(ended.err())
        .containsPattern(
            "8 trials from trial \\d+ on are tried once more and go on from step \\d+ of");
    assertThat(Launcher.table(clustered)).isEqualTo(Launcher.table(local));
    assertThat(progressFiles(kept)).isZero();
  }

  private static int progressFiles(Path folder) {
    String[] names = folder.toFile().list((dir, name) -> name.contains("-progress-"));
    return names == null ? 0 : names.length;
  }

  private Launcher.Ended run(String command, Path results, String... options)
      throws IOException, InterruptedException {
    String[] words = words(command, results, options).toArray(new String[0]);
    Launcher.Ended ended = Launcher.sieve(scratch, words).end();
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended;
  }

  private static List<String> words(String command, Path results, String... options) {
    List<String> words = new ArrayList<>(List.of(command, "-c", CONF, "results.dir=" + results));
    words.addAll(List.of(options));
    return words;
  }

  private void daemon(String main, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of(System.getProperty("spark.jvm.options", "").split(" ")));
    command.addAll(List.of("-Xmx256m", "-cp", System.getenv("SPARK_HOME") + "/jars/*", main));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("daemon" + daemons.size() + ".txt").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    daemons.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
