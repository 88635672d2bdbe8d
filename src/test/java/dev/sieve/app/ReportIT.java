package dev.sieve.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sieve.app.cli.ExitStatus;
import dev.sieve.browser.Chromium;
import dev.sieve.spark.LargeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report} and {@code serve} as a user types them, on a study that another process runs. */
@Tag("alone")
class ReportIT {
  private static final String CONF = "src/test/resources/small.conf";
  private static final Pattern WRITTEN = Pattern.compile(" MB, (\\d+\\.\\d) s\\)");
  private static final Pattern URL = Pattern.compile("at (http://127\\.0\\.0\\.1:(\\d+)/)");

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path scratch;

  private HttpResponse<String> ask(String url, String method)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatRanAfterTheServerBeganIsServedAndReported() throws IOException, InterruptedException {
    Path results = scratch.resolve("results");
    String dir = "results.dir=" + results;
    Launcher.Running server = Launcher.sieve(scratch, "serve", "--port", "0", dir);
    try {
      server.until(() -> printed(server).contains("serving "));
      Matcher found = URL.matcher(printed(server));
      assertThat(found.find()).isTrue();
      String url = found.group(1);
      JsonNode empty = new ObjectMapper().readTree(ask(url + "data.json", "GET").body());
      assertThat(empty.get("data").isNull()).isTrue();

      Launcher.Ended run = Launcher.sieve(scratch, "run", "-c", CONF, dir).end();
      assertThat(run.status()).as(run.err()).isZero();
      server.until(() -> trials(url) == 21); // the server rests between reads
      JsonNode answer = new ObjectMapper().readTree(ask(url + "data.json", "GET").body());
      assertThat(answer.get("studies").get(0).get("trials").asInt()).isEqualTo(21);
      assertThat(answer.at("/data/trials/trial")).hasSize(21);
      assertThat(answer.at("/data/final/layer/side").asInt()).isEqualTo(32);
      assertThat(answer.at("/data/final/classes/0").asText()).isEqualTo("barred-disc");

      String version = answer.get("version").asText();
      assertThat(ask(url + "data.json?study=small&version=" + version, "GET").statusCode())
          .isEqualTo(204);
      assertThat(ask(url + "data.json?study=%3Cscript%3E", "GET").statusCode()).isEqualTo(404);
      assertThat(ask(url, "POST").statusCode()).isEqualTo(405);
      assertThat(ask(url + "etc/passwd", "GET").statusCode()).isEqualTo(404);
      assertThat(hostNamed("evil.example", Integer.parseInt(found.group(2))))
          .startsWith("HTTP/1.1 403 ");
      reported(results);
      inABrowser(url);
    } finally {
      server.process().destroy();
      server.process().waitFor();
    }
  }

  /** Three seconds are asked of a quiet machine, see the report's documentation. */
  @Test
  void aThousandTrialsAreReportedSoon() throws IOException, InterruptedException {
    Path results = scratch.resolve("results");
    LargeTable.writeStudy(results, "many", 1_000, 20);
    Path page = scratch.resolve("many.html");
    Launcher.Ended report =
        Launcher.sieve(
                scratch, "report", "many", "--results", results.toString(), "-o", page.toString())
            .end();

    assertThat(report.status()).as(report.err()).isZero();
    Matcher found = WRITTEN.matcher(report.out());
    assertThat(found.find()).as(report.out()).isTrue();
    assertThat(Double.parseDouble(found.group(1))).as("seconds").isLessThan(30);
    assertThat(Files.size(page)).isBetween(2_000_000L, 5_000_000L);
    assertThat(Files.readString(page)).contains("<title>many · Sieve</title>");
  }

  private int trials(String url) {
    try {
      return new ObjectMapper()
          .readTree(ask(url + "data.json", "GET").body())
          .at("/data/trials/trial")
          .size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reported(Path results) throws IOException, InterruptedException {
    String dir = "results.dir=" + results;
    Path page = scratch.resolve("page.html");
    Launcher.Ended report =
        Launcher.sieve(scratch, "report", "small", dir, "--output", page.toString()).end();
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(report.out()).contains("report of study small: " + page);
    assertThat(Files.readString(page)).contains("<title>small · Sieve</title>");
    Launcher.Ended unknown = Launcher.sieve(scratch, "report", "other", dir).end();
    assertThat(unknown.status()).isEqualTo(ExitStatus.USER_ERROR);
    assertThat(unknown.err())
        .contains("a report needs a study that has run, but got 'other'")
        .contains("has small: name one of these, or set results.dir");
  }

  /** The live page draws what the server says and asks nobody else. */
  private void inABrowser(String url) throws IOException, InterruptedException {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), Chromium.MISSING);
    try (Chromium browser =
        new Chromium(executable.get(), Files.createTempDirectory(scratch, "profile"))) {
      browser.open(url);
      browser.await("document.querySelectorAll('#trial-table tbody tr').length === 21");
      browser.await("document.querySelectorAll('#plot-history svg path').length > 21");
      assertThat(browser.requests())
          .allMatch(asked -> asked.startsWith(url) || asked.startsWith("data:"));
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** The first line of the answer to a request that names another host. */
  private static String hostNamed(String host, int port) throws IOException {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  private static String printed(Launcher.Running process) {
    try {
      return process.printed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
