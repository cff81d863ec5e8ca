package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.TrustedCas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which authorities the API server knows clients by, and which one signs. The latter shows
 * only in what is signed: where it is in doubt, a certificate is signed that gives nobody anything.
 */
final class ClusterAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterAuthorities.class);
  private static final Duration PROBE = Duration.ofMinutes(10);

  private final Cluster cluster;
  private final CredentialIssuer credentials;
  private final InstantSource clock;
  private Optional<ClusterEndpoint> read = Optional.empty();
  private TrustedCas current = TrustedCas.UNKNOWN;
  private Set<String> probedFor = Set.of();
  private Instant probedAt = Instant.MIN;

  ClusterAuthorities(Cluster cluster, CredentialIssuer credentials, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** As the cluster says at this moment; unknown while it does not say. */
  TrustedCas current() {
    try {
      return read(cluster.endpoint());
    } catch (ClusterException | CredentialException e) {
      LOG.debug("The cluster's authorities are not known", e);
      return TrustedCas.UNKNOWN;
    }
  }

  /**
   * Finds out who signs, when there is more than one who could, or when certificates are in use of
   * one who could not. Throws when nobody signs as it should be.
   */
  void probe() {
    TrustedCas known = current();
    boolean changed = !known.trusted().equals(probedFor);
    if (known.access().isEmpty() || (known.trusted().size() == 1 && !changed)) {
      return;
    }
    if (known.trusted().size() == 1 && !hasStrangers(known)) {
      probedFor = known.trusted();
      return;
    }
    Instant now = clock.instant();
    if (changed || !now.isBefore(probedAt.plus(PROBE))) {
      probedAt = now;
      credentials.probe();
      probedFor = current().trusted();
    }
  }

  private boolean hasStrangers(TrustedCas known) {
    return issuers().anyMatch(issuer -> !known.trusted().contains(issuer));
  }

  private synchronized TrustedCas read(ClusterEndpoint endpoint) {
    Optional<String> signing = credentials.signing();
    if (read.filter(before -> isSame(before, endpoint)).isEmpty()
        || !current.signing().equals(signing)) {
      Set<String> forServer = CaBundle.parse(endpoint.caBundle()).fingerprints();
      Set<String> trusted =
          endpoint
              .knownClientCas()
              .map(known -> trusted(forServer, CaBundle.parse(known).fingerprints(), signing))
              .or(
                  () ->
                      signing
                          .filter(signer -> !forServer.contains(signer))
                          .map(signer -> notDistrusted(forServer, signer)))
              .orElse(forServer);
      String text =
          endpoint.server()
              + "\n"
              + new String(endpoint.caBundle(), StandardCharsets.UTF_8)
              + credentials.kubeconfig();
      current = new TrustedCas(Optional.of(Content.fingerprint(text)), trusted, signing);
      read = Optional.of(endpoint);
    }
    return current;
  }

  /**
   * API servers add to the client CAs that they publish, and take none out before it ends. So where
   * one CA serves both purposes, those count that clients trust as well, and the one that signs:
   * the others have been retired.
   */
  static Set<String> trusted(
      Set<String> forServer, Set<String> forClients, Optional<String> signing) {
    var both = new HashSet<>(forServer);
    both.retainAll(forClients);
    if (both.isEmpty()) {
      return forClients;
    }
    signing.filter(forClients::contains).ifPresent(both::add);
    return both;
  }

  /**
   * Where client CAs are not known and are not those of the server, nobody is distrusted who has
   * signed: when another CA signs, the certificates of the former are replaced in waves.
   */
  private Set<String> notDistrusted(Set<String> forServer, String signer) {
    Set<String> all = issuers().collect(toCollection(HashSet::new));
    all.addAll(forServer);
    all.add(signer);
    return all;
  }

  private Stream<String> issuers() {
    return cluster.records().values().stream()
        .flatMap(record -> record.known().stream())
        .flatMap(record -> record.credential().stream())
        .map(Credential::issuer);
  }

  private static boolean isSame(ClusterEndpoint one, ClusterEndpoint other) {
    return one.server().equals(other.server())
        && Arrays.equals(one.caBundle(), other.caBundle())
        && one.knownClientCas().isPresent() == other.knownClientCas().isPresent()
        && Arrays.equals(one.clientCas(), other.clientCas());
  }
}
