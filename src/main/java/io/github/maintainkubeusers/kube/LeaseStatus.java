package io.github.maintainkubeusers.kube;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * What a Lease tells to those who do not take part in its election.
 *
 * @param holder empty when nobody holds it
 * @param annotations as whoever held it last left them
 */
public record LeaseStatus(Optional<Holder> holder, Map<String, String> annotations) {
  private static final int NOT_FOUND = 404;

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
    return read(connection, namespace, name, now).holder().isPresent();
  }

  /** What the Lease of this name tells, if there is one. */
  public static LeaseStatus read(
      ClusterConnection connection, String namespace, String name, Instant now) {
    try {
      V1Lease lease =
          new CoordinationV1Api(connection.calls()).readNamespacedLease(name, namespace).execute();
      return new LeaseStatus(
          Optional.ofNullable(lease.getSpec())
              .filter(spec -> isHeld(spec, now))
              .map(LeaseStatus::holder),
          Optional.ofNullable(lease.getMetadata().getAnnotations()).orElse(Map.of()));
    } catch (ApiException e) {
      if (e.getCode() == NOT_FOUND) {
        return new LeaseStatus(Optional.empty(), Map.of());
      }
      throw Failures.of("read leases " + namespace + "/" + name, e);
    }
  }

  private static Holder holder(V1LeaseSpec spec) {
    return new Holder(
        spec.getHolderIdentity(),
        Optional.ofNullable(spec.getAcquireTime()).map(OffsetDateTime::toInstant),
        spec.getRenewTime().toInstant());
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
