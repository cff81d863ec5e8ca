package io.github.maintainkubeusers.kube;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Values by namespace and name. A namespace holds few objects of a kind, which are copied when they
 * change; objects that stand in no namespace are many, and in a map of their own.
 */
final class ObjectIndex<V> {
  private final Map<String, Map<String, V>> namespaced = new ConcurrentHashMap<>();
  private final Map<String, V> others = new ConcurrentHashMap<>();

  Optional<V> get(ObjectKey key) {
    return Optional.ofNullable(in(key.namespace()).get(key.name()));
  }

  /** By name, all of one namespace. */
  Map<String, V> in(String namespace) {
    return namespace.isEmpty() ? others : namespaced.getOrDefault(namespace, Map.of());
  }

  Stream<V> values() {
    return Stream.concat(
        others.values().stream(),
        namespaced.values().stream().flatMap(objects -> objects.values().stream()));
  }

  /** Takes a value with its place. */
  @FunctionalInterface
  interface Visitor<V> {
    void visit(String namespace, String name, V value);
  }

  void forEach(Visitor<V> visitor) {
    others.forEach((name, value) -> visitor.visit("", name, value));
    namespaced.forEach(
        (namespace, objects) ->
            objects.forEach((name, value) -> visitor.visit(namespace, name, value)));
  }

  Map<ObjectKey, V> all() {
    var all = new HashMap<ObjectKey, V>();
    forEach((namespace, name, value) -> all.put(new ObjectKey(namespace, name), value));
    return all;
  }

  void put(ObjectKey key, V value) {
    if (key.namespace().isEmpty()) {
      others.put(key.name(), value);
    } else {
      namespaced.compute(key.namespace(), (_, before) -> with(before, key.name(), value));
    }
  }

  /**
   * @return whether there was one
   */
  boolean remove(ObjectKey key) {
    if (key.namespace().isEmpty()) {
      return others.remove(key.name()) != null;
    }
    boolean there = in(key.namespace()).containsKey(key.name());
    namespaced.computeIfPresent(key.namespace(), (_, before) -> without(before, key.name()));
    return there;
  }

  private static <V> Map<String, V> with(Map<String, V> before, String name, V value) {
    if (before == null) {
      return Map.of(name, value);
    }
    var after = new HashMap<>(before);
    after.put(name, value);
    return Map.copyOf(after);
  }

  /**
   * @return null, which takes the namespace out of the map, when nothing is left in it
   */
  private static <V> Map<String, V> without(Map<String, V> before, String name) {
    var after = new HashMap<>(before);
    after.remove(name);
    return after.isEmpty() ? null : Map.copyOf(after);
  }
}
