package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.Service.SecretLocation;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets that hold certificates, read and written by name with the rights of whoever runs a
 * command. Secrets are never listed.
 */
public final class CertificateSecrets {
  /** Says when new credentials were last asked for and made, with their certificate. */
  public static final String ROTATED = RecordAnnotations.PREFIX + "rotated";

  private static final String ISSUED_FOR = RecordAnnotations.PREFIX + "issued-for";

  private final Resource<V1Secret> resource;

  CertificateSecrets(ClusterConnection connection) {
    this.resource = new Resource<>(connection, V1Secret.class, V1SecretList.class, "", "secrets");
  }

  /**
   * What a Secret holds, by key.
   *
   * @throws ClusterException also when there is no such Secret
   */
  public Map<String, byte[]> data(SecretLocation where) {
    return data(existing(where));
  }

  /**
   * Sees that a Secret can be written for this owner: it does not exist, or was written for the
   * same owner before.
   *
   * @throws ClusterException when it is somebody else's
   */
  public void requireFree(SecretLocation where, String owner) {
    resource
        .get(where.namespace(), where.name())
        .ifPresent(secret -> requireFor(owner, where, secret));
  }

  /**
   * Writes a Secret of type Opaque as a whole, in one call. Its content stands in no annotation.
   *
   * @param data content by key
   */
  public void write(SecretLocation where, String owner, Map<String, byte[]> data) {
    var encoded = new HashMap<String, Object>();
    data.forEach((key, bytes) -> encoded.put(key, Base64.getEncoder().encodeToString(bytes)));
    var labels = new HashMap<>(Names.MANAGED_BY);
    labels.put(ISSUED_FOR, owner);
    Optional<V1Secret> before = resource.get(where.namespace(), where.name());
    if (before.isEmpty()) {
      V1Secret _ =
          resource.create(
              where.namespace(),
              where.name(),
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "Secret",
                  "type",
                  "Opaque",
                  "metadata",
                  Map.of("namespace", where.namespace(), "name", where.name(), "labels", labels),
                  "data",
                  encoded));
      return;
    }
    requireFor(owner, where, before.get());
    data(before.get()).keySet().forEach(key -> encoded.putIfAbsent(key, null));
    V1Secret _ =
        resource.merge(
            where.namespace(),
            where.name(),
            Map.of(
                "metadata",
                Map.of(
                    "labels",
                    labels,
                    "resourceVersion",
                    before.get().getMetadata().getResourceVersion()),
                "data",
                encoded));
  }

  /**
   * Asks the leading controller for new credentials of a declared service.
   *
   * @return what the Secret said of the last answer, which changes with the next one
   */
  public Optional<String> requestRotation(SecretLocation where) {
    V1Secret asked =
        resource.merge(
            where.namespace(),
            where.name(),
            Map.of("metadata", Map.of("annotations", Map.of(SecretObjects.ROTATE, "requested"))));
    return annotation(asked, ROTATED);
  }

  /** When the last request was answered, and the fingerprint of the certificate that came of it. */
  public Optional<String> rotated(SecretLocation where) {
    return annotation(existing(where), ROTATED);
  }

  private V1Secret existing(SecretLocation where) {
    return resource
        .get(where.namespace(), where.name())
        .orElseThrow(
            () ->
                new ClusterException(
                    ClusterException.Reason.NOT_FOUND,
                    "could not read secrets " + where + ": there is no such Secret"));
  }

  private static void requireFor(String owner, SecretLocation where, V1Secret secret) {
    if (!isFor(secret, owner)) {
      throw new ClusterException(
          ClusterException.Reason.CONFLICT,
          "Secret "
              + where
              + " exists, and was not made for "
              + owner
              + ": delete it, or label it "
              + ISSUED_FOR
              + "="
              + owner
              + " to have it replaced");
    }
  }

  private static boolean isFor(V1Secret secret, String owner) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    return labels != null && owner.equals(labels.get(ISSUED_FOR));
  }

  private static Optional<String> annotation(V1Secret secret, String name) {
    return Optional.ofNullable(secret.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(name));
  }

  private static Map<String, byte[]> data(V1Secret secret) {
    return secret.getData() == null ? Map.of() : Map.copyOf(secret.getData());
  }
}
