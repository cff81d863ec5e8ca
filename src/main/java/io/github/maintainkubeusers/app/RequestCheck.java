package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Spans;
import io.github.maintainkubeusers.cluster.RequestState;
import io.github.maintainkubeusers.cluster.RequestState.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What has become of the cluster's requests for certificates, in one line. */
final class RequestCheck {
  /** A signer that works takes seconds. */
  private static final Duration SIGNED_WITHIN = Duration.ofMinutes(5);

  /** Whoever approves by hand may be away for a moment. */
  private static final Duration APPROVED_WITHIN = Duration.ofHours(1);

  private static final int MOST_NAMED = 5;

  private RequestCheck() {}

  static CertificateReport of(List<RequestState> requests, Instant now) {
    var findings = new ArrayList<Finding>();
    add(
        findings,
        requests,
        request -> request.progress() == Progress.FAILED,
        request ->
            Finding.broken(
                "the signer "
                    + request.signer()
                    + " could not sign "
                    + request.name()
                    + " of "
                    + request.user()
                    + ": "
                    + request.message(),
                "correct what the message names, delete the request, and make it again"));
    add(
        findings,
        requests,
        request -> request.progress() == Progress.APPROVED && isOlder(request, SIGNED_WITHIN, now),
        request ->
            Finding.broken(
                request.name()
                    + " of "
                    + request.user()
                    + " was approved and is not signed, "
                    + Spans.text(Duration.between(request.since(), now))
                    + " after it was made",
                "see that the signer "
                    + request.signer()
                    + " runs: kube-controller-manager has those of kubernetes.io"));
    add(
        findings,
        requests,
        request -> request.progress() == Progress.WAITING && isOlder(request, APPROVED_WITHIN, now),
        request ->
            Finding.unknown(
                request.name()
                    + " of "
                    + request.user()
                    + " for "
                    + request.signer()
                    + " was neither approved nor denied since "
                    + request.since(),
                "kubectl certificate approve, or deny, " + request.name()));
    return new CertificateReport(
        CertificateKind.REQUESTS,
        name(requests),
        "certificatesigningrequests",
        Optional.of(Evidence.STORED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        findings);
  }

  private static void add(
      List<Finding> findings,
      List<RequestState> requests,
      Predicate<RequestState> which,
      Function<RequestState, Finding> finding) {
    requests.stream().filter(which).limit(MOST_NAMED).map(finding).forEach(findings::add);
  }

  private static boolean isOlder(RequestState request, Duration age, Instant now) {
    return request.since().plus(age).isBefore(now);
  }

  /** As in {@code 3 (1 waiting, 1 denied)}. */
  private static String name(List<RequestState> requests) {
    var parts = new ArrayList<String>();
    for (Progress progress :
        List.of(Progress.WAITING, Progress.APPROVED, Progress.DENIED, Progress.FAILED)) {
      long count = requests.stream().filter(request -> request.progress() == progress).count();
      if (count > 0) {
        parts.add(count + " " + progress.label());
      }
    }
    return requests.size() + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
  }
}
