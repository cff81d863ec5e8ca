package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A ConfigMap of names and texts in the controller's own namespace. */
final class OwnConfigMap {
  private final String namespace;
  private final String name;
  private final Resource<V1ConfigMap> resource;
  private final ObjectCache<V1ConfigMap, Map<String, String>> cache;

  OwnConfigMap(ClusterConnection connection, String namespace, String name) {
    this.namespace = requireNonNull(namespace, "namespace is null");
    this.name = requireNonNull(name, "name is null");
    this.resource =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    this.cache =
        new ObjectCache<>(
            resource,
            Selection.named(namespace, name),
            map -> Optional.of(new HashMap<>(map.getData())));
  }

  ObjectCache<V1ConfigMap, ?> cache() {
    return cache;
  }

  Map<String, String> content() {
    return cache.get(namespace, name).orElse(Map.of());
  }

  /**
   * @param changes a value of null deletes
   */
  void change(Map<String, String> changes) {
    cache.written(resource.mergeOrCreate(namespace, name, "ConfigMap", Map.of("data", changes)));
  }
}
