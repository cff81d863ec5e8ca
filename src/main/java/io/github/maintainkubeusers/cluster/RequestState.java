package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequest;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestCondition;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestList;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What has become of a request for a certificate.
 *
 * @param name of the CertificateSigningRequest
 * @param user who made it
 * @param message what whoever denied it, or the signer that failed, says
 */
public record RequestState(
    String name, String signer, String user, Instant since, Progress progress, String message) {
  /** How far it has come. */
  public enum Progress {
    WAITING,
    APPROVED,
    DENIED,
    FAILED,
    ISSUED;

    /** As people read it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RequestState {
    requireNonNull(name, "name is null");
    requireNonNull(signer, "signer is null");
    requireNonNull(user, "user is null");
    requireNonNull(since, "since is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(message, "message is null");
  }

  static List<RequestState> all(ClusterConnection connection) {
    var requests =
        new Resource<>(
            connection,
            V1CertificateSigningRequest.class,
            V1CertificateSigningRequestList.class,
            "certificates.k8s.io",
            "certificatesigningrequests");
    var states = new ArrayList<RequestState>();
    long _ = requests.listAll(Selection.ALL, request -> states.add(of(request)));
    return states;
  }

  private static RequestState of(V1CertificateSigningRequest request) {
    Optional<V1CertificateSigningRequestStatus> status = Optional.ofNullable(request.getStatus());
    var progress = Progress.WAITING;
    var message = "";
    for (V1CertificateSigningRequestCondition condition :
        status.map(V1CertificateSigningRequestStatus::getConditions).orElse(List.of())) {
      Progress reached =
          switch (condition.getType()) {
            case "Approved" -> Progress.APPROVED;
            case "Denied" -> Progress.DENIED;
            case "Failed" -> Progress.FAILED;
            default -> Progress.WAITING;
          };
      if (reached.compareTo(progress) > 0) {
        progress = reached;
        message =
            Optional.ofNullable(condition.getReason()).orElse("")
                + ": "
                + Optional.ofNullable(condition.getMessage()).orElse("");
      }
    }
    boolean issued =
        status
            .map(V1CertificateSigningRequestStatus::getCertificate)
            .filter(certificate -> certificate.length > 0)
            .isPresent();
    return new RequestState(
        request.getMetadata().getName(),
        Optional.ofNullable(request.getSpec().getSignerName()).orElse(""),
        Optional.ofNullable(request.getSpec().getUsername()).orElse(""),
        request.getMetadata().getCreationTimestamp().toInstant(),
        issued ? Progress.ISSUED : progress,
        message);
  }
}
