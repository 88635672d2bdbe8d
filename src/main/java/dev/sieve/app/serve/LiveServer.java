package dev.sieve.app.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sieve.report.page.ReportPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The live page over HTTP: {@code /} is the page, {@code /data.json} what it shows. Reads only, so
 * GET only. On loopback a request must name this server as its host: a page from elsewhere whose
 * name was made to point here (DNS rebinding) gets nothing.
 */
public final class LiveServer implements AutoCloseable {
  /** What the page shows; see {@link LiveSource#answer}. */
  @FunctionalInterface
  public interface Data {
    @Nullable String answer(String study, String known) throws IOException, LiveSource.UnknownStudy;
  }

  /** Answers that are packed at a time: trials may be running beside. */
  private static final int PACKERS = 2;

  private final ExecutorService threads = PatientThreads.start();
  private final Semaphore packers = new Semaphore(PACKERS);
  private final HttpServer server;
  private final OwnNames names;
  private final Data source;
  private final byte[] page = ReportPage.live("Studies").getBytes(UTF_8);

  /** Listens from here on. */
  public LiveServer(InetSocketAddress address, Data source) throws IOException {
    this.source = source;
    this.server = HttpServer.create(address, 0);
    this.names = new OwnNames(server.getAddress(), address.getHostString());
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return names.url();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("X-Frame-Options", "DENY");
      headers.set("Cache-Control", "no-store");
      if (!exchange.getRequestMethod().equals("GET")) {
        headers.set("Allow", "GET");
        send(exchange, 405, "text/plain", "only GET");
      } else if (!names.include(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 403, "text/plain", "this server does not have that name");
      } else {
        switch (exchange.getRequestURI().getPath()) {
          case "/" -> send(exchange, 200, "text/html", page);
          case "/data.json" -> data(exchange);
          default -> send(exchange, 404, "text/plain", "nothing here");
        }
      }
    }
  }

  private void data(HttpExchange exchange) throws IOException {
    try {
      String answer = source.answer(parameter(exchange, "study"), parameter(exchange, "version"));
      if (answer == null) {
        exchange.sendResponseHeaders(204, -1);
      } else {
        send(exchange, 200, "application/json", answer);
      }
    } catch (LiveSource.UnknownStudy e) {
      send(exchange, 404, "text/plain", "no such study");
    } catch (RuntimeException | IOException e) {
      // The page shows the text and asks again; the next answer may be a good one.
      System.err.println("sieve: a request for data failed: " + e);
      send(exchange, 500, "text/plain", "the tables cannot be read now: " + e.getMessage());
    }
  }

  /** A parameter of the query; empty where there is none. */
  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return "";
  }

  private void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type, text.getBytes(UTF_8));
  }

  private void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (accepted != null && accepted.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      sendBytes(exchange, status, packed(body));
    } else {
      sendBytes(exchange, status, body);
    }
  }

  private static void sendBytes(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Whole, before any of it is sent: whoever takes it slowly keeps no packer. */
  private byte[] packed(byte[] body) throws IOException {
    packers.acquireUninterruptibly();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(body);
      }
      return bytes.toByteArray();
    } finally {
      packers.release();
    }
  }
}
