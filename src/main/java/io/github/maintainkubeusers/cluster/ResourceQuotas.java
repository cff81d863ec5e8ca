package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.account.AccountId;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;

/** What a tool may use in all. Made once: an admin raises it by hand, and it stays as the admin left it. */
final class ResourceQuotas {
    private static final Map<String, String> HARD = Map.ofEntries(Map.entry("requests.cpu", "2"),
            Map.entry("requests.memory", "6Gi"), Map.entry("limits.cpu", "2"), Map.entry("limits.memory", "8Gi"),
            Map.entry("pods", "10"), Map.entry("services", "1"), Map.entry("services.nodeports", "0"),
            Map.entry("replicationcontrollers", "1"), Map.entry("secrets", "10"), Map.entry("configmaps", "10"),
            Map.entry("persistentvolumeclaims", "3"), Map.entry("count/cronjobs.batch", "50"),
            Map.entry("count/jobs.batch", "15"), Map.entry("count/deployments.apps", "3"));

    /** A second quota, so that the first is as it was when the tool comes back. */
    private static final String QUARANTINE = "maintain-kubeusers-quarantine";

    private final Resource<V1ResourceQuota> resource;
    private final Mirror<V1ResourceQuota, Boolean> mirror;

    ResourceQuotas(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1ResourceQuota.class, V1ResourceQuotaList.class, "",
                "resourcequotas");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, ResourceQuotas::convert);
    }

    Mirror<V1ResourceQuota, Boolean> mirror() {
        return mirror;
    }

    boolean present(AccountId tool) {
        return mirror.get(Names.namespace(tool), Names.namespace(tool)).isPresent();
    }

    void create(AccountId tool) {
        String name = Names.namespace(tool);
        mirror.written(resource.apply(name, name, Map.of("apiVersion", "v1", "kind", "ResourceQuota", "metadata",
                Map.of("name", name, "namespace", name), "spec", Map.of("hard", HARD))));
    }

    boolean blocked(AccountId tool) {
        return mirror.get(Names.namespace(tool), QUARANTINE).isPresent();
    }

    void block(AccountId tool) {
        String namespace = Names.namespace(tool);
        mirror.written(resource.apply(namespace, QUARANTINE, Map.of("apiVersion", "v1", "kind", "ResourceQuota",
                "metadata", Map.of("name", QUARANTINE, "namespace", namespace), "spec",
                Map.of("hard", Map.of("pods", "0")))));
    }

    void unblock(AccountId tool) {
        resource.delete(Names.namespace(tool), QUARANTINE);
        mirror.removed(Names.namespace(tool), QUARANTINE);
    }

    private static Optional<Boolean> convert(V1ResourceQuota quota) {
        String namespace = quota.getMetadata().getNamespace();
        String name = quota.getMetadata().getName();
        return (namespace.equals(name) || name.equals(QUARANTINE)) && Names.toolOf(namespace).isPresent()
                ? Optional.of(true)
                : Optional.empty();
    }
}
