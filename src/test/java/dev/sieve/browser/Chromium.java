package dev.sieve.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, spoken to by the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol). It remembers what the page asked the
 * network for and what went wrong in it.
 */
public final class Chromium implements AutoCloseable {
  /** What a test says that is skipped for want of a browser. */
  public static final String MISSING =
      "no Chromium on the PATH: the page is not tested in a browser (apt-get install chromium)";

  private static final long LIMIT_SECONDS = 30;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  /** The browser's executable, if this machine has one. */
  public static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            dir ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(n -> Path.of(dir, n)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param profile an empty folder
   */
  public Chromium(Path executable, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless=new",
                "--no-sandbox", // tests run as root in containers
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--window-size=1280,900",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    String address = address(process.inputReader());
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> pages =
        http.send(
            HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build(),
            HttpResponse.BodyHandlers.ofString());
    String target = "";
    for (JsonNode page : JSON.readTree(pages.body())) {
      target =
          page.get("type").asText().equals("page")
              ? page.get("webSocketDebuggerUrl").asText()
              : target;
    }
    socket = http.newWebSocketBuilder().buildAsync(URI.create(target), new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  private static String address(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        // A pipe that nobody reads would stop the browser when it is full.
        Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return matcher.group(1);
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  /** Loads a page and waits until it has run its scripts. */
  public void open(String url) {
    loaded = new CompletableFuture<>();
    requests.clear();
    errors.clear();
    call("Page.navigate", Map.of("url", url));
    loaded.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** A screen of another size. */
  public void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** {@code light} or {@code dark}. */
  public void prefer(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The value of an expression, awaited if it is a promise. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  /** Waits in the page until an expression is true. */
  public void await(String condition) {
    JsonNode met =
        evaluate(
            "new Promise(done => { const end = performance.now() + %s; const look = () => { let met = false; try { met = %s; } catch (e) { met = false; } if (met || performance.now() > end) done(!!met); else setTimeout(look, 20); }; look(); })"
                .formatted(LIMIT_SECONDS * 1000 / 2, condition));
    if (!met.asBoolean()) {
      throw new AssertionError("never came to be: " + condition);
    }
  }

  /** Presses the button at one place, moves, and lets go at another. */
  public void drag(double fromX, double fromY, double toX, double toY) {
    mouse("mouseMoved", fromX, fromY, 0);
    mouse("mousePressed", fromX, fromY, 1);
    for (int i = 1; i <= 5; i++) {
      mouse("mouseMoved", fromX + (toX - fromX) * i / 5, fromY + (toY - fromY) * i / 5, 1);
    }
    mouse("mouseReleased", toX, toY, 1);
  }

  private void mouse(String type, double x, double y, int buttons) {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type", type, "x", x, "y", y, "button", "left", "buttons", buttons, "clickCount", 1));
  }

  /** What is on the screen, as a PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText());
  }

  /** Addresses that the page asked for since it was opened, its own first. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Exceptions, and lines of the console at level error. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    try {
      socket
          .sendText(
              JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)),
              true)
          .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode whole = answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (whole.has("error")) {
      throw new AssertionError(method + ": " + whole.get("error"));
    }
    return whole.get("result");
  }

  private void heard(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    JsonNode parameters = message.get("params");
    switch (message.get("method").asText()) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Network.requestWillBeSent" -> requests.add(parameters.at("/request/url").asText());
      case "Runtime.exceptionThrown" -> errors.add(parameters.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.get("type").asText().equals("error")) {
          errors.add(parameters.get("args").toString());
        }
      }
      case "Log.entryAdded" -> {
        if (parameters.at("/entry/level").asText().equals("error")) {
          errors.add(parameters.get("entry").toString());
        }
      }
      default -> {}
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        String text = part.toString();
        part.setLength(0);
        try {
          heard(JSON.readTree(text));
        } catch (IOException e) {
          errors.add("not understood: " + text);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
