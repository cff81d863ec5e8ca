package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of one kind that templates have made in the namespaces of tools, and that give no
 * rights.
 */
final class ContentObjects<T extends KubernetesObject> {
  private final ObjectKind kind;
  private final Catalogue catalogue;
  private final Resource<T> resource;
  private final ObjectCache<T, ExistingObject> cache;

  /** An object that is there, and the fingerprint of its content. */
  private record ExistingObject(ManagedObject object, String fingerprint) {}

  ContentObjects(ObjectKind kind, Catalogue catalogue, Resource<T> resource) {
    this.kind = requireNonNull(kind, "kind is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.resource = requireNonNull(resource, "resource is null");
    this.cache = new ObjectCache<>(resource, Selection.ALL, this::convert);
  }

  ObjectCache<T, ?> cache() {
    return cache;
  }

  /** Adds the fingerprints of those in a namespace. */
  void addTo(Map<ManagedObject, String> fingerprints, String namespace) {
    for (ExistingObject existing : cache.in(namespace)) {
      fingerprints.put(existing.object(), existing.fingerprint());
    }
  }

  /** Server-side apply, and what that leaves existing of others' is taken out. */
  void put(AccountId tool, DesiredObject desired) {
    String namespace = Names.namespace(tool);
    T answer = resource.apply(namespace, desired.name(), Manifests.of(desired, namespace));
    Map<String, Object> content = Manifests.content(answer);
    if (!Content.fingerprint(kind, content).equals(desired.fingerprint())) {
      answer =
          resource.merge(
              namespace, desired.name(), Manifests.difference(content, desired.content()));
    }
    cache.written(answer);
  }

  private Optional<ExistingObject> convert(T object) {
    V1ObjectMeta meta = object.getMetadata();
    return Names.toolOf(meta.getNamespace())
        .flatMap(tool -> Templated.named(kind, meta, catalogue.of(tool)))
        .map(
            managed ->
                new ExistingObject(managed, Content.fingerprint(kind, Manifests.content(object))));
  }
}
