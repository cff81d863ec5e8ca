package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.testing.CannedApiServer;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Watch;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, against a server that answers lists and nothing else. */
class ObjectCacheTest {
  @TempDir Path folder;

  private final Deque<String> pages = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private CannedApiServer server;
  private ObjectCache<V1ConfigMap, String> cache;

  @BeforeEach
  void start() {
    server =
        new CannedApiServer(
            folder,
            ClusterListener.NONE,
            _ ->
                pages.isEmpty()
                    ? CannedApiServer.Answer.status(500)
                    : CannedApiServer.Answer.of(pages.removeFirst()));
    var resource =
        new Resource<>(
            server.connection(), V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    cache =
        new ObjectCache<>(
            resource,
            Selection.ALL,
            map -> Optional.ofNullable(map.getData()).map(data -> data.get("v")));
    cache.onChange((key, value) -> told.add(key.name() + "=" + value.orElse("gone")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsInPagesUpToTheLast() {
    pages.add(list(10, "next", item("a", 3, "1")));
    pages.add(list(10, "", item("b", 7, "2")));

    cache.load();

    assertThat(state()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(cache.seen()).isEqualTo(10);
    assertThat(server.calls())
        .extracting(CannedApiServer.Call::query)
        .hasSize(2)
        .allMatch(query -> query.contains("limit=500"))
        .last()
        .asString()
        .contains("continue=next");
  }

  @Test
  void takesInWhatAWatchTellsInItsOrder() {
    loadedAt(10, item("a", 3, "1"));

    cache.accept(event("MODIFIED", "a", 11, "2"));
    cache.accept(event("ADDED", "b", 12, "1"));
    cache.accept(event("DELETED", "a", 13, "2"));

    assertThat(state()).containsOnly(Map.entry("b", "1"));
    assertThat(cache.seen()).isEqualTo(13);
    assertThat(told).containsExactly("a=2", "b=1", "a=gone");
  }

  @Test
  void remembersABookmarkAndTakesNothingFromIt() {
    loadedAt(10, item("a", 3, "1"));

    cache.accept(event("BOOKMARK", "a", 20, "9"));

    assertThat(cache.seen()).isEqualTo(20);
    assertThat(state()).containsOnly(Map.entry("a", "1"));
    assertThat(told).isEmpty();
  }

  @Test
  void isNotSetBackByEventsFromBeforeOurOwnWrite() {
    loadedAt(10, item("a", 3, "1"));

    cache.written(object("a", 15, "ours"));
    cache.accept(event("MODIFIED", "a", 12, "theirs"));
    cache.accept(event("MODIFIED", "a", 15, "ours"));

    assertThat(state()).containsOnly(Map.entry("a", "ours"));
    assertThat(told).containsExactly("a=ours");
    cache.accept(event("MODIFIED", "a", 16, "later"));
    assertThat(state()).containsOnly(Map.entry("a", "later"));
  }

  @Test
  void keepsWhatWeMadeAnewWhenTheDeletionBeforeItIsToldLate() {
    loadedAt(10, item("a", 3, "1"));

    cache.written(object("a", 15, "new"));
    cache.accept(event("DELETED", "a", 14, "1"));

    assertThat(state()).containsOnly(Map.entry("a", "new"));
  }

  @Test
  void doesNotBringBackByALateAnswerWhatAWatchHasToldToBeGone() {
    loadedAt(10, item("a", 3, "1"));
    cache.accept(event("DELETED", "a", 16, "1"));

    cache.written(object("a", 15, "ours"));

    assertThat(state()).isEmpty();
  }

  @Test
  void learnsFromAListWhatIsGoneAndWhatIsNew() {
    loadedAt(10, item("a", 3, "1"), item("b", 4, "1"), item("c", 5, "1"));

    loadedAt(20, item("b", 12, "2"), item("c", 5, "1"), item("d", 13, "1"));

    assertThat(state()).containsOnly(Map.entry("b", "2"), Map.entry("c", "1"), Map.entry("d", "1"));
    assertThat(told).containsExactlyInAnyOrder("a=gone", "b=2", "d=1");
    assertThat(cache.seen()).isEqualTo(20);
  }

  @Test
  void keepsOwnWritesThatAreNewerThanAList() {
    loadedAt(10, item("a", 3, "1"), item("b", 4, "1"));
    cache.written(object("a", 25, "ours"));
    cache.written(object("n", 26, "ours"));

    loadedAt(20, item("a", 12, "theirs"), item("b", 4, "1"));

    assertThat(state())
        .containsOnly(Map.entry("a", "ours"), Map.entry("b", "1"), Map.entry("n", "ours"));
  }

  @Test
  void forgetsWhatIsOfNoInterestAnyMore() {
    loadedAt(10, item("a", 3, "1"));

    cache.accept(event("MODIFIED", "a", 11, null));
    cache.accept(event("MODIFIED", "b", 12, null));

    assertThat(state()).isEmpty();
    assertThat(told).containsExactly("a=gone");
  }

  @Test
  void isBroughtBackByTheWatchWhatWasNotDeletedAfterAll() {
    loadedAt(10, item("a", 3, "1"));
    cache.removed("tool-x", "a");
    assertThat(state()).isEmpty();

    cache.accept(event("MODIFIED", "a", 11, "2"));

    assertThat(state()).containsOnly(Map.entry("a", "2"));
  }

  @Test
  void keepsWhatItHasWhenAListFails() {
    loadedAt(10, item("a", 3, "1"));

    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(cache::load)
        .withMessageStartingWith("could not list configmaps: the API server answers 500");

    assertThat(state()).containsOnly(Map.entry("a", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "<html>sign in</html>",
        "[]",
        "null",
        "{\"metadata\": {\"resourceVersion\": \"20\"}}",
        "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": null}",
        "{\"metadata\": {\"resourceVersion\": \"new\"}, \"items\": []}",
        "{\"items\": []}",
        "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [{}]}",
        "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [null]}",
        "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [{\"metadata\": {\"name\":"
            + " \"a\"}}]}",
        "{\"metadata\": {\"resourceVersion\": \"20\"}, \"items\": [{\"metadata\": "
      })
  void keepsWhatItHasWhenWhatComesIsNoList(String answer) {
    loadedAt(10, item("a", 3, "1"));
    pages.add(answer);

    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(cache::load)
        .withMessageStartingWith("could not list configmaps: ");

    assertThat(state()).containsOnly(Map.entry("a", "1"));
    assertThat(cache.seen()).isEqualTo(10);
  }

  /** As after etcd was restored from an older copy. */
  @Test
  void believesTheListWhenVersionsHaveGoneBack() {
    loadedAt(100, item("a", 90, "new"), item("b", 91, "1"), item("c", 3, "1"));

    loadedAt(50, item("a", 40, "old"), item("c", 3, "1"));

    assertThat(state()).containsOnly(Map.entry("a", "old"), Map.entry("c", "1"));
    assertThat(cache.seen()).isEqualTo(50);
    assertThat(told).contains("a=old", "b=gone");
  }

  private void loadedAt(int version, String... items) {
    pages.add(list(version, "", items));
    cache.load();
    if (server.calls().size() == 1) {
      told.clear();
    }
  }

  private Map<String, String> state() {
    return cache
        .keys()
        .collect(
            Collectors.toMap(
                ObjectKey::name, key -> cache.get(key.namespace(), key.name()).orElseThrow()));
  }

  private static String list(int version, String next, String... items) {
    return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
        + version
        + "\",\"continue\":\""
        + next
        + "\"},\"items\":["
        + String.join(",", items)
        + "]}";
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

  private static V1ConfigMap object(String name, int version, String value) {
    var map =
        new V1ConfigMap()
            .metadata(
                new V1ObjectMeta()
                    .namespace("tool-x")
                    .name(name)
                    .resourceVersion(Integer.toString(version)));
    return value == null ? map : map.data(Map.of("v", value));
  }

  private static Watch.Response<V1ConfigMap> event(
      String type, String name, int version, String value) {
    return new Watch.Response<>(type, object(name, version, value));
  }
}
