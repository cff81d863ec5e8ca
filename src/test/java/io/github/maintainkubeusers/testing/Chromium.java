package io.github.maintainkubeusers.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private WebSocket socket;
  private Optional<String> session = Optional.empty();
  private int calls;

  private Chromium(Process process) {
    this.process = process;
  }

  /**
   * Where there is none, the test is left out.
   *
   * @param folder where it keeps what it remembers
   */
  public static Chromium start(Path folder) {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(place -> Path.of(place, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(program).as("there is no chromium (Debian: apt-get install chromium)").isPresent();
    try {
      var command =
          new ArrayList<>(
              List.of(
                  program.get().toString(),
                  "--headless=new",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + folder,
                  "--no-first-run",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--hide-scrollbars"));
      if (User.isRoot()) {
        command.add("--no-sandbox"); // it refuses to run as root otherwise
      }
      command.add("about:blank");
      Path log = folder.resolve("chromium.log");
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      var chromium = new Chromium(builder.redirectOutput(log.toFile()).start());
      try {
        chromium.connect(folder.resolve("DevToolsActivePort"), log);
        return chromium;
      } catch (IOException | RuntimeException | Error e) {
        chromium.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not start chromium", e);
    }
  }

  private void connect(Path ports, Path log) throws IOException {
    Waiting.until("chromium to listen: " + log, PATIENCE, () -> listens(ports));
    List<String> lines = Files.readAllLines(ports);
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), new Listener())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").getAsString();
    session =
        Optional.of(
            call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .getAsString());
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private static boolean listens(Path ports) {
    try {
      return Files.exists(ports) && Files.readAllLines(ports).size() == 2;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page and waits until it is loaded. */
  public void open(Path page) {
    events.clear();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    Waiting.until(
        "the page to be loaded",
        PATIENCE,
        () -> events("Page.loadEventFired").findAny().isPresent());
  }

  /** What an expression gives, as text. */
  public String evaluate(String expression) {
    JsonObject answer =
        call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.getAsJsonObject("result").get("value").getAsString();
  }

  /** What the page has complained of, and what was said on its console, since it was opened. */
  public List<String> complaints() {
    return Stream.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        .flatMap(this::events)
        .map(JsonObject::toString)
        .toList();
  }

  /** The addresses that were asked for since the page was opened. */
  public List<String> requests() {
    return events("Network.requestWillBeSent")
        .map(event -> event.getAsJsonObject("request").get("url").getAsString())
        .toList();
  }

  /** As if the window had this size, and the system this colour scheme. */
  public void show(int width, int height, String scheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Of the whole page, also of what is below the window. */
  public void screenshot(Path file) throws IOException {
    JsonObject clip = call("Page.getLayoutMetrics", Map.of()).getAsJsonObject("cssContentSize");
    clip.addProperty("scale", 1);
    String data =
        call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
            .get("data")
            .getAsString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** Presses a key, as at a keyboard. */
  public void press(String key, String text) {
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  private Stream<JsonObject> events(String method) {
    return events.stream()
        .filter(event -> event.get("method").getAsString().equals(method))
        .map(event -> event.getAsJsonObject("params"));
  }

  private JsonObject call(String method, Map<String, Object> parameters) {
    int id = ++calls;
    var message = new Gson().toJsonTree(parameters);
    var call = new JsonObject();
    call.addProperty("id", id);
    call.addProperty("method", method);
    call.add("params", message);
    session.ifPresent(name -> call.addProperty("sessionId", name));
    var answer = new CompletableFuture<JsonObject>();
    answers.put(id, answer);
    socket.sendText(call.toString(), true).join();
    JsonObject received = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    JsonElement error = received.get("error");
    if (error != null) {
      throw new AssertionError(method + ": " + error);
    }
    return received.getAsJsonObject("result");
  }

  /** At its own request, so that it tidies up; else by force. */
  @Override
  public void close() {
    if (socket != null) {
      session = Optional.empty();
      call("Browser.close", Map.of());
      process.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    }
    client.shutdownNow();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        if (message.has("id")) {
          answers.remove(message.get("id").getAsInt()).complete(message);
        } else {
          events.add(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
