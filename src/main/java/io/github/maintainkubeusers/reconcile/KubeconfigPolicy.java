package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What kubeconfigs say.
 *
 * @param name of cluster and context
 * @param tlsServerName by which clients know the API server, where it is not that of its URL
 * @param proxyUrl by which clients reach it
 * @param servers further addresses of the API server, by what is appended to the names of their
 *     clusters and contexts
 * @param embedCredentials whether certificate and key stand in the kubeconfig itself
 */
public record KubeconfigPolicy(
    String name,
    Optional<String> tlsServerName,
    Optional<String> proxyUrl,
    SortedMap<String, String> servers,
    boolean embedCredentials) {
  public KubeconfigPolicy {
    requireNonNull(name, "name is null");
    requireNonNull(tlsServerName, "tlsServerName is null");
    requireNonNull(proxyUrl, "proxyUrl is null");
    servers = new TreeMap<>(servers);
  }

  public static KubeconfigPolicy named(String name) {
    return new KubeconfigPolicy(
        name, Optional.empty(), Optional.empty(), new TreeMap<>(Map.of()), false);
  }

  /** What kubeconfigs are written anew for when it changes; empty where nothing is configured. */
  String more() {
    return equals(named(name)) ? "" : "\n" + this;
  }
}
