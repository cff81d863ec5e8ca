package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import java.util.Optional;

/** A Lease at the API server. */
final class LeaseObject {
  private static final int NOT_FOUND = 404;

  private final String namespace;
  private final String name;
  private final CoordinationV1Api api;

  LeaseObject(ApiClient client, String namespace, String name) {
    this.api = new CoordinationV1Api(requireNonNull(client, "client is null"));
    this.namespace = requireNonNull(namespace, "namespace is null");
    this.name = requireNonNull(name, "name is null");
  }

  /**
   * The Lease, with an empty specification where somebody has taken it out; empty when there is
   * none.
   */
  Optional<V1Lease> read() {
    String action = "read leases " + this;
    try {
      V1Lease lease = checked(api.readNamespacedLease(name, namespace).execute(), action);
      return Optional.of(lease.getSpec() == null ? lease.spec(new V1LeaseSpec()) : lease);
    } catch (ApiException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw Failures.of(action, e);
    } catch (ClusterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    }
  }

  /**
   * @throws ClusterException also when another was faster
   */
  void create(V1LeaseSpec spec) {
    var lease =
        new V1Lease().metadata(new V1ObjectMeta().namespace(namespace).name(name)).spec(spec);
    write(
        "create leases " + this, spec, () -> api.createNamespacedLease(namespace, lease).execute());
  }

  /**
   * Writes over the version that was read.
   *
   * @throws ClusterException also when another was faster
   */
  void replace(V1Lease read, V1LeaseSpec spec) {
    write(
        "update leases " + this,
        spec,
        () -> api.replaceNamespacedLease(name, namespace, read.spec(spec)).execute());
  }

  @FunctionalInterface
  private interface Write {
    V1Lease execute() throws ApiException;
  }

  /**
   * Only the Lease as it was written says that it was: whatever stands before the API server may
   * answer anything.
   */
  private static void write(String action, V1LeaseSpec spec, Write write) {
    try {
      V1Lease written = checked(write.execute(), action);
      if (written.getSpec() == null
          || !Objects.equals(written.getSpec().getHolderIdentity(), spec.getHolderIdentity())) {
        throw unusable(action);
      }
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (ClusterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    }
  }

  private static V1Lease checked(V1Lease lease, String action) {
    if (lease == null
        || lease.getMetadata() == null
        || lease.getMetadata().getResourceVersion() == null) {
      throw unusable(action);
    }
    return lease;
  }

  private static ClusterException unusable(String action) {
    return new ClusterException(
        ClusterException.Reason.UNAVAILABLE,
        "could not "
            + action
            + ": what answers is no API server, or answers with something else than the Lease");
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
