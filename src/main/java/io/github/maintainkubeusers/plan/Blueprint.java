package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.partitioningBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one account is to have.
 *
 * @param contents objects that give no rights, in the order in which they are made
 * @param bindings those that do, which come last
 * @param namespaceLabels of a tool's namespace, beside those that every one has
 */
public record Blueprint(
    List<DesiredObject> contents,
    List<DesiredObject> bindings,
    Map<String, String> namespaceLabels) {
  /** Of the namespaces of tools that have a tier, with its name. */
  public static final String TIER_LABEL = "maintain-kubeusers/tier";

  public Blueprint {
    contents = List.copyOf(contents);
    bindings = List.copyOf(bindings);
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  /**
   * @param objects of either kind, each in its order
   */
  public static Blueprint of(
      Collection<DesiredObject> objects, Map<String, String> namespaceLabels) {
    Map<Boolean, List<DesiredObject>> parts =
        objects.stream().collect(partitioningBy(desired -> desired.object().kind().isBinding()));
    return new Blueprint(parts.get(false), parts.get(true), namespaceLabels);
  }

  /** In the order in which they are made. */
  public Stream<DesiredObject> objects() {
    return Stream.concat(contents.stream(), bindings.stream());
  }

  public Optional<DesiredObject> find(ManagedObject object) {
    return objects().filter(desired -> desired.object().equals(object)).findFirst();
  }

  /** The object of this kind that has this name in the cluster. */
  public Optional<DesiredObject> find(ObjectKind kind, String name) {
    return objects()
        .filter(desired -> desired.object().kind() == kind && desired.name().equals(name))
        .findFirst();
  }

  boolean hasBinding(ManagedObject object) {
    for (DesiredObject desired : bindings) {
      if (desired.object().equals(object)) {
        return true;
      }
    }
    return false;
  }
}
