package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.testing.CannedApiServer;
import io.github.maintainkubeusers.testing.CannedApiServer.Answer;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.Waiting;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache that is followed through a proxy that misbehaves. */
class ReflectorTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration A_WHILE = Duration.ofMillis(600);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  @TempDir Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Function<String, Answer>> lists = new AtomicReference<>();
  private final AtomicReference<Function<String, Answer>> watches = new AtomicReference<>();
  private CannedApiServer server;
  private ObjectCache<V1ConfigMap, String> cache;

  @BeforeEach
  void start() {
    lists.set(_ -> Answer.of(list(10, "a", "1")));
    watches.set(_ -> Answer.open(""));
    server =
        new CannedApiServer(
            folder,
            new ClusterListener() {
              @Override
              public void heard(String name) {
                heard.add(name);
              }
            },
            call ->
                (call.query().contains("watch=true") ? watches : lists).get().apply(call.query()));
    cache =
        new ObjectCache<>(
            new Resource<>(
                server.connection(), V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps"),
            Selection.ALL,
            map -> Optional.ofNullable(map.getData()).map(data -> data.get("v")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static List<Answer> useless() {
    return List.of(
        Answer.of("{}"),
        Answer.of("<html>sign in</html>"),
        Answer.of(""),
        Answer.of("null"),
        Answer.of("{\"type\": \"MODIFIED\"}\n"),
        Answer.of("{\"type\": \"MODIFIED\", \"object\": {}}\n"),
        Answer.of("{\"type\": \"MODIFIED\", \"object\": {\"metadata\": {\"name\": \"a\"}}}\n"),
        Answer.of("{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"code\": 410}}\n"),
        Answer.status(403),
        Answer.status(410),
        Answer.status(500),
        new Answer(302, Map.of("Location", "/elsewhere"), "", false),
        new Answer(429, Map.of("Retry-After", "100"), "", false));
  }

  /**
   * Whatever comes instead of a watch: it is not asked for all the time, does not pass for news,
   * and heals.
   */
  @ParameterizedTest
  @MethodSource("useless")
  void waitsLongerAndLongerForAWatchAndFollowsItAgainWhenItIsBack(Answer answer) {
    watches.set(_ -> answer);
    cache.load();
    try (var log = new CapturedLog();
        var _ = follow()) {
      heard.clear();
      Waiting.pause(A_WHILE); // what must not happen has time to happen
      assertThat(watchCount()).isBetween(1L, 8L);
      assertThat((long) heard.size())
          .as("only lists tell something")
          .isLessThanOrEqualTo(listCount());
      assertThat(
              log.messages(Level.WARN).stream().filter(line -> line.contains("may be out of date")))
          .hasSize(1);

      watches.set(_ -> Answer.open(event("MODIFIED", "a", 11, "2")));

      Waiting.until(
          "the cache follows again", SOON, () -> cache.get("tool-x", "a").equals(Optional.of("2")));
    }
  }

  @Test
  void findsInAListWhatAnEventThatCannotBeReadDidNotTell() {
    watches.set(_ -> Answer.open("{\"type\": \"DELETED\", \"object\": [1]}\n"));
    cache.load();
    lists.set(_ -> Answer.of(list(20, "b", "1")));
    try (var _ = follow()) {
      Waiting.until("the list is taken in", SOON, () -> cache.get("tool-x", "b").isPresent());
      assertThat(cache.get("tool-x", "a")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("useless")
  void outlivesEveryAnswerToAList(Answer answer) {
    cache.load();
    lists.set(_ -> answer);
    watches.set(_ -> Answer.status(410));
    try (var _ = follow()) {
      Waiting.until("it has listed", SOON, () -> listCount() >= 2);
      watches.set(_ -> Answer.open(""));
      lists.set(_ -> Answer.of(list(30, "c", "1")));

      Waiting.until("the list is taken in", SOON, () -> cache.get("tool-x", "c").isPresent());
    }
  }

  @Test
  void waitsAsLongAsItIsTold() {
    watches.set(_ -> new Answer(429, Map.of("Retry-After", "1"), "", false));
    cache.load();
    try (var _ = follow()) {
      Waiting.until("it has asked again", SOON, () -> watchCount() == 2);
      Waiting.pause(A_WHILE);
      assertThat(watchCount()).isEqualTo(2);
    }
  }

  @Test
  void goesOnWhereItWasAfterAnOutage() {
    cache.load();
    lists.set(_ -> Answer.none());
    watches.set(_ -> Answer.none());
    var reconnections = new AtomicInteger();
    try (var log = new CapturedLog();
        var _ = follow(reconnections::incrementAndGet)) {
      Waiting.until(
          "it complains",
          SOON,
          () ->
              log.messages(Level.WARN).stream()
                  .anyMatch(line -> line.contains("may be out of date")));
      server.calls().clear();
      lists.set(_ -> Answer.of(list(10, "a", "1")));
      Waiting.until("the connection works", SOON, () -> reconnections.get() == 1);
      watches.set(_ -> Answer.open(event("MODIFIED", "a", 11, "2")));

      Waiting.until(
          "the cache follows again", SOON, () -> cache.get("tool-x", "a").equals(Optional.of("2")));

      assertThat(server.calls())
          .extracting(CannedApiServer.Call::query)
          .as("nothing is listed in full")
          .allMatch(query -> query.contains("limit=1") || query.contains("resourceVersion=10"));
      Waiting.until(
          "it says so",
          SOON,
          () ->
              log.messages(Level.INFO).stream()
                  .anyMatch(line -> line.contains("up to date again")));
    }
  }

  @Test
  void seesThatVersionsHaveGoneBackThoughTheWatchBeforeEndedWell() {
    watches.set(
        _ -> watchCount() == 1 ? Answer.of(event("MODIFIED", "a", 11, "2")) : Answer.open(""));
    cache.load();
    lists.set(_ -> Answer.of(list(5, "b", "1")));
    try (var _ = follow()) {
      Waiting.until("the list is taken in", SOON, () -> cache.get("tool-x", "b").isPresent());
      assertThat(cache.get("tool-x", "a")).isEmpty();
    }
  }

  @Test
  void listsAnewAfterAnEventThatIsNoJson() {
    watches.set(_ -> Answer.open("<html>\n"));
    cache.load();
    lists.set(_ -> Answer.of(list(20, "b", "1")));
    try (var _ = follow()) {
      Waiting.until("the list is taken in", SOON, () -> cache.get("tool-x", "b").isPresent());
    }
  }

  @Test
  void asksForBookmarks() {
    cache.load();
    try (var _ = follow()) {
      Waiting.until("it watches", SOON, () -> watchCount() == 1);
      assertThat(server.calls().getLast().query())
          .contains("allowWatchBookmarks=true", "resourceVersion=10");
    }
  }

  private Reflector<V1ConfigMap> follow() {
    return follow(() -> {});
  }

  private Reflector<V1ConfigMap> follow(Runnable reconnected) {
    return Reflector.start(
        cache, server.connection().listener(), new ReentrantLock(), reconnected, FIRST_PAUSE);
  }

  private long watchCount() {
    return server.calls().stream().filter(call -> call.query().contains("watch=true")).count();
  }

  private long listCount() {
    return server.calls().size() - watchCount();
  }

  private static String list(int version, String name, String value) {
    return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
        + version
        + "\"},\"items\":["
        + item(name, version, value)
        + "]}";
  }

  private static String event(String type, String name, int version, String value) {
    return "{\"type\":\"" + type + "\",\"object\":" + item(name, version, value) + "}\n";
  }

  private static String item(String name, int version, String value) {
    return "{\"metadata\":{\"namespace\":\"tool-x\",\"name\":\""
        + name
        + "\",\"resourceVersion\":\""
        + version
        + "\"},\"data\":{\"v\":\""
        + value
        + "\"}}";
  }
}
