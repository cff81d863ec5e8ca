package io.github.maintainkubeusers.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.account.AccountId;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeList;

/** What each of a tool's containers gets and may have. Made once, as the quota is. */
final class LimitRanges {
    private static final Map<String, Object> CONTAINER = Map.of("type", "Container", "default",
            Map.of("cpu", "500m", "memory", "512Mi"), "defaultRequest", Map.of("cpu", "150m", "memory", "256Mi"), "max",
            Map.of("cpu", "1", "memory", "4Gi"), "min", Map.of("cpu", "50m", "memory", "100Mi"));

    private final Resource<V1LimitRange> resource;
    private final Mirror<V1LimitRange, Boolean> mirror;

    LimitRanges(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1LimitRange.class, V1LimitRangeList.class, "", "limitranges");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, LimitRanges::convert);
    }

    Mirror<V1LimitRange, Boolean> mirror() {
        return mirror;
    }

    boolean present(AccountId tool) {
        return mirror.get(Names.namespace(tool), Names.namespace(tool)).isPresent();
    }

    void create(AccountId tool) {
        String name = Names.namespace(tool);
        mirror.written(resource.apply(name, name, Map.of("apiVersion", "v1", "kind", "LimitRange", "metadata",
                Map.of("name", name, "namespace", name), "spec", Map.of("limits", List.of(CONTAINER)))));
    }

    private static Optional<Boolean> convert(V1LimitRange range) {
        String namespace = range.getMetadata().getNamespace();
        return namespace.equals(range.getMetadata().getName()) && Names.toolOf(namespace).isPresent()
                ? Optional.of(true)
                : Optional.empty();
    }
}
