package dev.sieve.app.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's edge: who is answered, and that nobody keeps others from it. */
@Timeout(60)
final class LiveServerTest {
  /** What the page answers does not matter here. */
  private static final LiveServer.Data NO_DATA = (study, version) -> "{}";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost", "0.0.0.0", "::"})
  void theAddressItPrintsIsAnswered(String bind) throws IOException {
    assumeTrue(canListen(bind, 0), "no " + bind + " here");
    try (LiveServer server = new LiveServer(at(bind, 0), NO_DATA)) {
      URI url = URI.create(server.url());
      assertThat(url.getPort()).isPositive();
      assertThat(status(bind, url.getPort(), url.getAuthority())).isEqualTo(200);
    }
  }

  @Test
  void portEightyIsNotNamed() throws IOException {
    assumeTrue(canListen("127.0.0.1", 80), "port 80 may not be listened on here");
    try (LiveServer server = new LiveServer(at("127.0.0.1", 80), NO_DATA)) {
      assertThat(server.url()).isEqualTo("http://127.0.0.1/");
      for (String host : List.of("127.0.0.1", "127.0.0.1:80", "localhost", "LocalHost:80")) {
        assertThat(status("127.0.0.1", 80, host)).as(host).isEqualTo(200);
      }
      assertThat(status("127.0.0.1", 80, "evil.example")).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // bound to, port, told as, Host, answered
    "127.0.0.1, 8710, 127.0.0.1, 127.0.0.1:8710, true",
    "127.0.0.1, 8710, 127.0.0.1, localhost:8710, true",
    "127.0.0.1, 8710, 127.0.0.1, LOCALHOST:8710, true",
    "127.0.0.1, 8710, 127.0.0.1, localhost.:8710, true",
    "127.0.0.1, 8710, 127.0.0.1, [::1]:8710, true",
    "127.0.0.1, 8710, 127.0.0.1, localhost, true",
    "127.0.0.1, 8710, 127.0.0.1, localhost:9000, true",
    "127.0.0.1, 8710, 127.0.0.1, localhost:http, false",
    "127.0.0.1, 8710, 127.0.0.1, evil.example:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, evil.example, false",
    "127.0.0.1, 8710, 127.0.0.1, localhost.evil.example:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, 127.0.0.1.evil.example:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, 10.0.0.1:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, 999.0.0.1:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, [::2]:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, [evil.example]:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, [127.0.0.1]:8710, false",
    "127.0.0.1, 8710, 127.0.0.1, '', false",
    "127.0.0.1, 8710, 127.0.0.1, :8710, false",
    "127.0.0.1, 8710, 127.0.0.1, , false",
    "127.0.0.1, 80, 127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 80, 127.0.0.1, localhost:80, true",
    "127.0.0.1, 80, 127.0.0.1, evil.example, false",
    "127.0.0.2, 8710, 127.0.0.2, 127.0.0.2:8710, true",
    "127.0.0.2, 8710, 127.0.0.2, evil.example:8710, false",
    "127.0.1.1, 8710, My-Host, my-host:8710, true",
    "127.0.1.1, 8710, My-Host, 127.0.1.1:8710, true",
    "127.0.1.1, 8710, My-Host, my-host.example:8710, false",
    "::1, 8710, ::1, [::1]:8710, true",
    "::1, 8710, ::1, [0:0:0:0:0:0:0:1]:8710, true",
    "::1, 80, ::1, [::1], true",
    "::1, 8710, ::1, evil.example:8710, false",
    "0.0.0.0, 8710, 0.0.0.0, any.example:8710, true",
    "192.0.2.7, 8710, 192.0.2.7, any.example, true",
  })
  void aHostIsItsOwnOrForeign(String bound, int port, String told, String host, boolean answered)
      throws IOException {
    OwnNames names = new OwnNames(at(bound, port), told);
    assertThat(names.include(host)).isEqualTo(answered);
    assertThat(names.include(URI.create(names.url()).getAuthority())).isTrue();
  }

  @Test
  void halfRequestsKeepNobodyWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try (LiveServer server = new LiveServer(at("127.0.0.1", 0), NO_DATA)) {
      int port = URI.create(server.url()).getPort();
      String own = "127.0.0.1:" + port;
      for (String half :
          List.of(
              "",
              "G",
              "GET / HTTP/1.1\r\nHost: " + own + "\r\nX-Slow: ",
              "POST / HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 1000\r\n\r\n")) {
        for (int i = 0; i < 50; i++) {
          Socket socket = new Socket("127.0.0.1", port);
          slow.add(socket);
          socket.getOutputStream().write(half.getBytes(US_ASCII));
        }
        status("127.0.0.1", port, own); // the first answer also loads classes
        long asked = System.nanoTime();
        assertThat(status("127.0.0.1", port, own)).isEqualTo(200);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked))
            .as("milliseconds beside 50 × '%s'", half)
            .isLessThan(1000);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static InetSocketAddress at(String bind, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(bind), port);
  }

  private static boolean canListen(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(at(bind, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Of the answer to a request for the page. */
  private static int status(String address, int port, String host) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }
}
