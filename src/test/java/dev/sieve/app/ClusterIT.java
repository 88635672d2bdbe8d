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
    run(
        "run",
        clustered,
        "--master",
        master,
        "--executor-memory",
        "700m",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.driver.host=127.0.0.1");
    Path local = scratch.resolve("local");
    run("run", local, "--master", "local[2]");

    assertThat(Launcher.table(clustered)).isEqualTo(Launcher.table(local));
  }

  @Test
  void localClusterGivesTheTableOfLocalMode() throws IOException, InterruptedException {
    Path clustered = scratch.resolve("clustered");
    run(
        "coarse",
        clustered,
        "--master",
        "local-cluster[2,1,1024]",
        "--conf",
        "spark.executor.memory=700m");
    Path local = scratch.resolve("local");
    run("coarse", local, "--master", "local[1]");

    assertThat(Launcher.table(clustered)).isEqualTo(Launcher.table(local));
  }

  private void run(String command, Path results, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command, "-c", CONF, "results.dir=" + results));
    words.addAll(List.of(options));
    Launcher.Ended ended = Launcher.sieve(scratch, words.toArray(new String[0])).end();
    assertThat(ended.status()).as(ended.err()).isZero();
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
