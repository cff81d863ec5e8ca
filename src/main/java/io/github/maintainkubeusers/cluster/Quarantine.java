package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.account.AccountId;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;

/** A second quota, which lets a tool have no pods: the first is as it was when the tool comes back. */
final class Quarantine {
    private static final String NAME = "maintain-kubeusers-quarantine";

    private final Resource<V1ResourceQuota> resource;
    private final Mirror<V1ResourceQuota, Boolean> mirror;
    private final CoreV1Api api;

    Quarantine(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1ResourceQuota.class, V1ResourceQuotaList.class, "",
                "resourcequotas");
        this.mirror = new Mirror<>(resource, Mirror.Selection.named("", NAME), _ -> Optional.of(true));
        this.api = new CoreV1Api(connection.calls());
    }

    Mirror<V1ResourceQuota, ?> mirror() {
        return mirror;
    }

    boolean holds(AccountId tool) {
        return mirror.get(Names.namespace(tool), NAME).isPresent();
    }

    void begin(AccountId tool) {
        String namespace = Names.namespace(tool);
        mirror.written(resource.apply(namespace, NAME, Map.of("apiVersion", "v1", "kind", "ResourceQuota",
                "metadata", Map.of("name", NAME, "namespace", namespace), "spec",
                Map.of("hard", Map.of("pods", "0")))));
    }

    void end(AccountId tool) {
        resource.delete(Names.namespace(tool), NAME);
        mirror.removed(Names.namespace(tool), NAME);
    }

    void deletePods(AccountId tool) {
        String action = "delete the pods of " + tool;
        try {
            api.deleteCollectionNamespacedPod(Names.namespace(tool)).execute();
        } catch (ApiException e) {
            throw Failures.of(action, e);
        } catch (RuntimeException e) {
            throw Failures.of(action, e);
        }
    }
}
