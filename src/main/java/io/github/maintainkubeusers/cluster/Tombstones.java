package io.github.maintainkubeusers.cluster;

import com.google.gson.JsonParseException;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of accounts that were removed: the ConfigMap {@code maintain-kubeusers-tombstones}.
 */
final class Tombstones {
  private final OwnConfigMap map;

  Tombstones(ClusterConnection connection, String namespace) {
    this.map = new OwnConfigMap(connection, namespace, "maintain-kubeusers-tombstones");
  }

  ObjectCache<V1ConfigMap, ?> cache() {
    return map.cache();
  }

  Optional<Tombstone> of(AccountId id) {
    Map<String, String> tombstones = map.content();
    return tombstones.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(tombstones.get(key(id))).flatMap(Tombstones::parse);
  }

  void bury(AccountId id, Tombstone tombstone) {
    map.change(Map.of(key(id), JsonEntries.write(tombstone.toEntries())));
  }

  void forget(AccountId id) {
    var nothing = new HashMap<String, String>();
    nothing.put(key(id), null);
    map.change(nothing);
  }

  /** Those whose certificates have all ended have nothing to say any more. */
  void deleteExpired(Instant now) {
    var expired = new HashMap<String, String>();
    map.content()
        .forEach(
            (key, text) ->
                parse(text)
                    .filter(tombstone -> now.isAfter(tombstone.notAfter()))
                    .ifPresent(_ -> expired.put(key, null)));
    if (!expired.isEmpty()) {
      map.change(expired);
    }
  }

  private static String key(AccountId id) {
    return id.kind().label() + "." + id.name();
  }

  private static Optional<Tombstone> parse(String text) {
    try {
      return Optional.of(Tombstone.fromEntries(JsonEntries.read(text)));
    } catch (JsonParseException | InvalidValueException _) {
      return Optional.empty();
    }
  }
}
