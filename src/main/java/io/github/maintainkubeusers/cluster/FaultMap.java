package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ConfigMap {@code maintain-kubeusers-faults}, which kubectl shows as well. */
public final class FaultMap implements FaultStore {
  private static final String NAME = "maintain-kubeusers-faults";

  private final Resource<V1ConfigMap> resource;
  private final String namespace;

  public FaultMap(ClusterConnection connection, String namespace) {
    this.resource =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    this.namespace = requireNonNull(namespace, "namespace is null");
  }

  @Override
  public Map<AccountId, LastingFault> read() {
    var faults = new HashMap<AccountId, LastingFault>();
    resource
        .find(namespace, NAME)
        .map(V1ConfigMap::getData)
        .ifPresent(data -> data.forEach((key, text) -> add(faults, key, text)));
    return faults;
  }

  @Override
  public void write(Map<AccountId, Optional<LastingFault>> changes) {
    var data = new HashMap<String, String>();
    changes.forEach(
        (id, fault) ->
            data.put(
                id.kind().label() + "." + id.name(),
                fault.map(known -> JsonEntries.write(known.toEntries())).orElse(null)));
    Object _ = resource.mergeOrCreate(namespace, NAME, "ConfigMap", Map.of("data", data));
  }

  /** What makes no sense says nothing. */
  private static void add(Map<AccountId, LastingFault> faults, String key, String text) {
    try {
      for (AccountKind kind : AccountKind.values()) {
        if (key.startsWith(kind.label() + ".")) {
          AccountId id = AccountId.of(kind, key.substring(kind.label().length() + 1));
          faults.put(id, LastingFault.fromEntries(JsonEntries.read(text)));
        }
      }
    } catch (JsonParseException | InvalidValueException _) {
      // somebody else wrote it
    }
  }
}
