package io.github.maintainkubeusers.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one account is to have.
 *
 * @param objects in the order in which they are made
 * @param namespaceLabels of a tool's namespace, beside those that every one has
 */
public record Blueprint(List<DesiredObject> objects, Map<String, String> namespaceLabels) {
    public Blueprint {
        objects = List.copyOf(objects);
        namespaceLabels = Map.copyOf(namespaceLabels);
    }

    Stream<DesiredObject> contents() {
        return which(object -> !object.kind().isBinding());
    }

    Stream<DesiredObject> bindings() {
        return which(object -> object.kind().isBinding());
    }

    public Optional<DesiredObject> find(ManagedObject object) {
        return which(object::equals).findFirst();
    }

    /** The object of this kind that has this name in the cluster. */
    public Optional<DesiredObject> find(ObjectKind kind, String name) {
        return which(object -> object.kind() == kind).filter(desired -> desired.name().equals(name)).findFirst();
    }

    private Stream<DesiredObject> which(Predicate<ManagedObject> predicate) {
        return objects.stream().filter(desired -> predicate.test(desired.object()));
    }
}
