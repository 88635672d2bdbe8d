package dev.sieve.data.cifar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that answers the first request by the first answer given, and so on;
 * the last answer is kept for all further requests. Written for one client at a time.
 */
final class RoughServer implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> ranges = new ArrayList<>();

  /** What a server does with a request. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  RoughServer(Answer... answers) {
    this.answers.addAll(List.of(answers));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI site() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/kriz/");
  }

  /** The Range header of each request so far, {@code -} where there was none. */
  synchronized List<String> ranges() {
    return List.copyOf(ranges);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "-" : range);
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    try (exchange) {
      answer.to(exchange);
    }
  }

  /** As a good server does, but breaking off after {@code most} bytes of the body. */
  static Answer bytes(byte[] content, int most) {
    return exchange -> {
      int from = 0;
      @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
      if (range != null) {
        from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
      exchange.getResponseBody().write(content, from, Math.min(most, content.length - from));
      exchange.getResponseBody().flush();
    };
  }

  /** The whole content whatever was asked for, breaking off after {@code most} bytes. */
  static Answer ignoringRange(byte[] content, int most) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, Math.min(most, content.length));
      exchange.getResponseBody().flush();
    };
  }

  /** All of {@code sent}, whatever was asked for. */
  static Answer whole(byte[] sent) {
    return ignoringRange(sent, sent.length);
  }

  /** A body without a length (chunked). */
  static Answer withoutLength(byte[] sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(sent);
    };
  }

  /** Announces {@code announced} bytes, sends those of {@code sent}, ends the connection. */
  static Answer announcing(int announced, byte[] sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, announced);
      exchange.getResponseBody().write(sent);
      exchange.getResponseBody().flush();
    };
  }

  /** A part of the content that was not asked for. */
  static Answer wrongPart(byte[] content) {
    return exchange -> {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes 1-%s/%s".formatted(content.length - 1, content.length));
      exchange.sendResponseHeaders(206, content.length - 1);
      exchange.getResponseBody().write(content, 1, content.length - 1);
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }
}
