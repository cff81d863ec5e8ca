package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Failures;
import io.github.maintainkubeusers.kube.Listing;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * A second quota, which lets a tool have no pods: the first is as it was when the tool comes back.
 */
final class Quarantine {
  private static final String NAME = "maintain-kubeusers-quarantine";
  private static final int GRACE_SECONDS = 30;

  private final Resource<V1ResourceQuota> resource;
  private final ObjectCache<V1ResourceQuota, Boolean> cache;
  private final Resource<V1Pod> pods;
  private final CoreV1Api api;

  @FunctionalInterface
  private interface ApiCall {
    Object execute() throws ApiException;
  }

  Quarantine(ClusterConnection connection) {
    this.resource =
        new Resource<>(
            connection, V1ResourceQuota.class, V1ResourceQuotaList.class, "", "resourcequotas");
    this.cache = new ObjectCache<>(resource, Selection.named("", NAME), _ -> Optional.of(true));
    this.pods = new Resource<>(connection, V1Pod.class, V1PodList.class, "", "pods");
    this.api = new CoreV1Api(connection.calls());
  }

  ObjectCache<V1ResourceQuota, ?> cache() {
    return cache;
  }

  boolean isQuarantined(String namespace) {
    return cache.get(namespace, NAME).isPresent();
  }

  void begin(AccountId tool) {
    String namespace = Names.namespace(tool);
    cache.written(
        resource.apply(
            namespace,
            NAME,
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ResourceQuota",
                "metadata",
                Map.of("name", NAME, "namespace", namespace),
                "spec",
                Map.of("hard", Map.of("pods", "0")))));
  }

  void end(AccountId tool) {
    resource.delete(Names.namespace(tool), NAME);
    cache.removed(Names.namespace(tool), NAME);
  }

  /**
   * Deletes all pods, with a short grace whatever their owner chose: it can be years.
   *
   * @throws ClusterException with reason NOT_YET while any is left
   */
  void deletePods(AccountId tool) {
    String namespace = Names.namespace(tool);
    if (hasPods(namespace)) {
      call(
          "delete the pods of " + tool,
          () ->
              api.deleteCollectionNamespacedPod(namespace)
                  .gracePeriodSeconds(GRACE_SECONDS)
                  .execute());
      if (hasPods(namespace)) {
        throw new ClusterException(
            ClusterException.Reason.NOT_YET, "the pods of " + tool + " are ending");
      }
    }
  }

  /** Asks for one of them at most. */
  private boolean hasPods(String namespace) {
    var found = new ArrayList<String>();
    Object _ =
        pods.list(
            new Selection(namespace, "", ""),
            new Listing.Page(1, ""),
            pod -> found.add(pod.getMetadata().getName()));
    return !found.isEmpty();
  }

  private static void call(String action, ApiCall call) {
    try {
      Object _ = call.execute();
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    }
  }
}
