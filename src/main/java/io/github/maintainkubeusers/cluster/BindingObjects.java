package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.RbacV1Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Bindings of one kind that give accounts their rights. */
final class BindingObjects<T extends KubernetesObject> {
  private static final String GROUP = "rbac.authorization.k8s.io";

  /** The version of the binding before its subjects were last reduced. */
  private static final String RESTRICTED = "maintain-kubeusers/restricted";

  private final ObjectKind kind;
  private final Resource<T> resource;
  private final ObjectCache<T, ExistingBinding> cache;

  /**
   * @param owned which of the managed objects a binding is, if any
   * @param subjects of a binding
   */
  BindingObjects(
      ObjectKind kind,
      Resource<T> resource,
      Function<T, Optional<ManagedObject>> owned,
      Function<T, List<RbacV1Subject>> subjects) {
    this.kind = requireNonNull(kind, "kind is null");
    this.resource = requireNonNull(resource, "resource is null");
    this.cache =
        new ObjectCache<>(
            resource,
            Selection.ALL,
            binding ->
                Optional.of(existing(binding, owned.apply(binding), bound(binding, subjects)))
                    .filter(
                        existing ->
                            existing.object().isPresent() || UserGrants.namesUser(existing)));
  }

  ObjectCache<T, ExistingBinding> cache() {
    return cache;
  }

  /**
   * Creates the binding, or sets its subjects. A role cannot be changed in a binding: one that is
   * for another role is made anew.
   *
   * @param version that is expected; empty when none is expected to be there
   * @return the version after the write
   */
  String apply(
      String namespace, DesiredObject desired, Set<Subject> subjects, Optional<String> version) {
    Optional<ExistingBinding> existing = cache.get(namespace, desired.name());
    boolean anew =
        existing.filter(found -> !found.bound().role().equals(desired.fingerprint())).isPresent();
    if (anew) {
      delete(namespace, desired.name(), version.orElseGet(() -> existing.get().version()));
    }
    var manifest = new LinkedHashMap<>(Manifests.of(desired, namespace));
    manifest.put("subjects", manifest(subjects));
    return version(
        cache.write(
            namespace,
            desired.name(),
            () ->
                version.isEmpty() || anew
                    ? resource.create(namespace, desired.name(), manifest)
                    : resource.apply(
                        namespace, desired.name(), Manifests.at(version.get(), manifest))));
  }

  /**
   * Leaves only these subjects, whatever role it is for. Gives the binding a new version in any
   * case, by an annotation: whoever is about to write it from an older plan then conflicts.
   *
   * @return the version after the write
   */
  String restrict(String namespace, String name, Set<Subject> subjects, String version) {
    return version(
        cache.write(
            namespace,
            name,
            () ->
                resource.merge(
                    namespace,
                    name,
                    Manifests.at(
                        version,
                        Map.of(
                            "metadata",
                            Map.of("annotations", Map.of(RESTRICTED, version)),
                            "subjects",
                            manifest(subjects))))));
  }

  void delete(String namespace, String name, String version) {
    cache.delete(namespace, name, () -> resource.delete(namespace, name, version));
  }

  /** Of one that is no longer wanted, whatever it is like by now. */
  void delete(String namespace, String name) {
    cache.delete(namespace, name, () -> resource.delete(namespace, name));
  }

  private static ExistingBinding existing(
      KubernetesObject binding, Optional<ManagedObject> object, ObservedBinding bound) {
    return new ExistingBinding(object, binding.getMetadata().getName(), version(binding), bound);
  }

  private static String version(KubernetesObject object) {
    return object.getMetadata().getResourceVersion();
  }

  private ObservedBinding bound(T binding, Function<T, List<RbacV1Subject>> subjects) {
    List<RbacV1Subject> bound = Optional.ofNullable(subjects.apply(binding)).orElse(List.of());
    return new ObservedBinding(
        Content.fingerprint(kind, Manifests.content(binding)),
        bound.stream().map(BindingObjects::read).collect(toUnmodifiableSet()));
  }

  private static List<Map<String, String>> manifest(Set<Subject> subjects) {
    var manifests = new ArrayList<Map<String, String>>();
    subjects.stream()
        .sorted(Comparator.comparing(Subject::name))
        .forEach(
            subject ->
                manifests.add(
                    Map.of("apiGroup", GROUP, "kind", kind(subject), "name", subject.name())));
    return manifests;
  }

  private static String kind(Subject subject) {
    return switch (subject.type()) {
      case USER -> "User";
      case GROUP -> "Group";
      case OTHER -> throw new IllegalArgumentException("only users and groups are bound");
    };
  }

  private static Subject read(RbacV1Subject subject) {
    return switch (subject.getKind()) {
      case "User" -> Subject.user(subject.getName());
      case "Group" -> Subject.group(subject.getName());
      default -> new Subject(Subject.Type.OTHER, subject.getName());
    };
  }
}
