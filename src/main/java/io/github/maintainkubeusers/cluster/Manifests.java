package io.github.maintainkubeusers.cluster;

import com.google.gson.reflect.TypeToken;
import io.github.maintainkubeusers.kube.ApiJson;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.kubernetes.client.common.KubernetesObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as the maps and lists of their manifests. */
final class Manifests {
  private static final TypeToken<Map<String, Object>> TREE = new TypeToken<>() {};

  private Manifests() {}

  /**
   * @param namespace empty for an object that stands in none
   */
  static Map<String, Object> of(DesiredObject desired, String namespace) {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("apiVersion", desired.object().kind().apiVersion());
    manifest.put("kind", desired.object().kind().label());
    var metadata = new LinkedHashMap<>(desired.metadata());
    metadata.put("name", desired.name());
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    manifest.put("metadata", metadata);
    manifest.putAll(desired.content());
    return manifest;
  }

  /** A manifest or merge patch that is refused when the object is at another version. */
  static Map<String, Object> at(String version, Map<String, ?> manifest) {
    var copy = new LinkedHashMap<String, Object>(manifest);
    var metadata = new LinkedHashMap<String, Object>();
    if (manifest.get("metadata") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> metadata.put((String) key, value));
    }
    metadata.put("resourceVersion", version);
    copy.put("metadata", metadata);
    return copy;
  }

  /** A part of a manifest that is a mapping, to be changed. */
  static Map<String, Object> mapping(Object part) {
    var copy = new LinkedHashMap<String, Object>();
    if (part instanceof Map<?, ?> given) {
      given.forEach((key, value) -> copy.put((String) key, value));
    }
    return copy;
  }

  /** What the object is beside its metadata. */
  static Map<String, Object> content(KubernetesObject object) {
    Map<String, Object> tree = Resource.JSON.fromJson(ApiJson.CONTENT.toJsonTree(object), TREE);
    tree.keySet().removeAll(List.of("apiVersion", "kind"));
    return tree;
  }

  /** The JSON merge patch (RFC 7386) that makes the one of the other. */
  static Map<String, Object> difference(Map<?, ?> from, Map<?, ?> to) {
    var patch = new HashMap<String, Object>();
    from.keySet().stream()
        .filter(key -> !to.containsKey(key))
        .forEach(key -> patch.put((String) key, null));
    to.forEach(
        (key, value) ->
            patch.put(
                (String) key,
                value instanceof Map<?, ?> wanted && from.get(key) instanceof Map<?, ?> given
                    ? difference(given, wanted)
                    : value));
    return patch;
  }
}
