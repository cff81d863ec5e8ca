package io.github.maintainkubeusers.kube;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What a Lease tells to those who do not take part in its election. */
public final class LeaseStatus {
  private static final int NOT_FOUND = 404;

  private LeaseStatus() {}

  /**
   * Who holds a Lease.
   *
   * @param since when that began
   * @param renewed when it last said so
   */
  public record Holder(String identity, Optional<Instant> since, Instant renewed) {}

  /** Whether somebody holds the Lease of this name. */
  public static boolean isHeld(
      ClusterConnection connection, String namespace, String name, Instant now) {
    return holder(connection, namespace, name, now).isPresent();
  }

  /** Who holds the Lease of this name, if anybody does. */
  public static Optional<Holder> holder(
      ClusterConnection connection, String namespace, String name, Instant now) {
    try {
      return Optional.ofNullable(
              new CoordinationV1Api(connection.calls())
                  .readNamespacedLease(name, namespace)
                  .execute()
                  .getSpec())
          .filter(spec -> isHeld(spec, now))
          .map(
              spec ->
                  new Holder(
                      spec.getHolderIdentity(),
                      Optional.ofNullable(spec.getAcquireTime()).map(OffsetDateTime::toInstant),
                      spec.getRenewTime().toInstant()));
    } catch (ApiException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw Failures.of("read leases " + namespace + "/" + name, e);
    }
  }

  private static boolean isHeld(V1LeaseSpec spec, Instant now) {
    return spec.getHolderIdentity() != null
        && !spec.getHolderIdentity().isEmpty()
        && spec.getRenewTime() != null
        && spec.getLeaseDurationSeconds() != null
        && now.isBefore(
            spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds()));
  }
}
