package io.github.maintainkubeusers.kube;

import java.time.Duration;
import java.time.Instant;

/**
 * Told of calls to the API server and of what watches hear, from any thread. Must neither wait nor
 * throw.
 */
public interface ClusterListener {
  ClusterListener NONE = new ClusterListener() {};

  /**
   * An attempt at a call came to its end.
   *
   * @param verb as in RBAC: get, list, watch, create, update, patch, delete, deletecollection
   * @param code of HTTP; 0 when there was no answer
   */
  default void called(String verb, int code) {}

  /**
   * @param notAfter the end of the certificate that the API server has shown
   */
  default void served(Instant notAfter) {}

  /**
   * The API server gave a sign of life on a watch: it was opened, told something, or ended as
   * agreed.
   *
   * @param cache what is watched, as in {@code namespaces} or {@code configmaps/cluster-info}
   */
  default void heard(String cache) {}

  /**
   * @param waited for one certificate, whether it came or not
   */
  default void signed(Duration waited) {}
}
