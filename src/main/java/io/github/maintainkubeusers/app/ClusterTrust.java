package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;

/** The cluster's authorities, which certificates of clients and servers are compared with. */
final class ClusterTrust {
  private static final String CLIENT_REMEDY =
      "issue it anew by the cluster's signer, or ask the cluster that it is of";
  private static final String UNKNOWN_REMEDY =
      "name the CAs that the API server knows clients by in cluster.clientCa, or let this user read"
          + " them: bind the Role extension-apiserver-authentication-reader in kube-system";
  private static final String SERVER_REMEDY =
      "issue it by the cluster's CA, or give its clients the CA that signed it";

  private final Supplier<ClusterEndpoint> source;

  /**
   * @param source asked when it is needed; throws a {@link ClusterException} when it does not know
   */
  ClusterTrust(Supplier<ClusterEndpoint> source) {
    this.source = source;
  }

  /**
   * What a certificate for this purpose is compared with; nothing for an authority, which vouches
   * for itself.
   */
  Trust of(Purpose purpose) {
    if (purpose == Purpose.AUTHORITY) {
      return new Trust.NotCompared();
    }
    try {
      ClusterEndpoint endpoint = source.get();
      return switch (purpose) {
        case CLIENT ->
            endpoint.knownClientCas().isPresent()
                ? new Trust.Authorities(
                    "the CAs that the API server knows clients by",
                    CaBundle.parse(endpoint.clientCas()),
                    CLIENT_REMEDY)
                : new Trust.Authorities(
                    "the CAs in kubeconfigs",
                    CaBundle.parse(endpoint.clientCas()),
                    UNKNOWN_REMEDY,
                    false);
        case SERVER ->
            new Trust.Authorities(
                "the CAs that clients know the API server by",
                CaBundle.parse(endpoint.caBundle()),
                SERVER_REMEDY);
        case ANY, AUTHORITY ->
            new Trust.Authorities(
                "the cluster's CAs", CaBundle.parse(both(endpoint)), CLIENT_REMEDY);
      };
    } catch (ClusterException | CredentialException e) {
      return new Trust.Unreadable(
          "the cluster's CAs are not known: " + e.getMessage(),
          "connect to the cluster with --local and a kubeconfig that may read its CAs, or leave"
              + " this out with --offline");
    }
  }

  /** Where clients reach the cluster. */
  String server() {
    return source.get().server();
  }

  private static byte[] both(ClusterEndpoint endpoint) {
    var pem = new ByteArrayOutputStream();
    pem.writeBytes(endpoint.clientCas());
    pem.write('\n');
    pem.writeBytes(endpoint.caBundle());
    return pem.toByteArray();
  }
}
