package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.github.maintainkubeusers.plan.Bound;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.RbacV1Subject;

/** Bindings of one kind that give accounts their rights. */
final class BindingObjects<T extends KubernetesObject> {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final ObjectKind kind;
    private final Resource<T> resource;
    private final Mirror<T, Standing> mirror;

    /** A binding that is there. */
    record Standing(ManagedObject object, String name, Bound bound) {}

    /**
     * @param owned which of the managed objects a binding is, if any
     * @param subjects of a binding
     */
    BindingObjects(ObjectKind kind, Resource<T> resource, Function<T, Optional<ManagedObject>> owned,
            Function<T, List<RbacV1Subject>> subjects) {
        this.kind = requireNonNull(kind, "kind is null");
        this.resource = requireNonNull(resource, "resource is null");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, binding -> owned.apply(binding).map(
                object -> new Standing(object, binding.getMetadata().getName(), bound(binding, subjects))));
    }

    Mirror<T, Standing> mirror() {
        return mirror;
    }

    /** A role cannot be changed in a binding: one that is for another role is made anew. */
    void apply(String namespace, DesiredObject desired, Set<Subject> subjects) {
        Optional<Standing> standing = mirror.get(namespace, desired.name());
        if (standing.filter(found -> !found.bound().role().equals(desired.fingerprint())).isPresent()) {
            delete(namespace, desired.name());
        }
        var manifest = new LinkedHashMap<>(Manifests.of(desired, namespace));
        manifest.put("subjects", manifest(subjects));
        mirror.written(resource.apply(namespace, desired.name(), manifest));
    }

    /** Whatever role it is for, it binds nobody from now on. */
    void withdraw(String namespace, String name) {
        mirror.written(resource.merge(namespace, name, Map.of("subjects", List.of())));
    }

    void delete(String namespace, String name) {
        resource.delete(namespace, name);
        mirror.removed(namespace, name);
    }

    private Bound bound(T binding, Function<T, List<RbacV1Subject>> subjects) {
        List<RbacV1Subject> bound = Optional.ofNullable(subjects.apply(binding)).orElse(List.of());
        return new Bound(Content.fingerprint(kind, Manifests.content(binding)),
                bound.stream().map(BindingObjects::read).collect(toUnmodifiableSet()));
    }

    private static List<Map<String, String>> manifest(Set<Subject> subjects) {
        var manifests = new ArrayList<Map<String, String>>();
        subjects.stream().sorted(Comparator.comparing(Subject::name)).forEach(subject -> manifests.add(
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
