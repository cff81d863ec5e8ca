package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the certificates of one kind came to.
 *
 * @param reports of what could be looked at
 * @param missingRight for want of which some or all could not be looked at
 * @param failure that kept some or all from being looked at, and may pass by itself
 */
record KindLook(
    List<CertificateReport> reports, Optional<String> missingRight, Optional<String> failure) {
  KindLook {
    reports = List.copyOf(reports);
    requireNonNull(missingRight, "missingRight is null");
    requireNonNull(failure, "failure is null");
  }

  static KindLook failed(String why) {
    return new KindLook(List.of(), Optional.empty(), Optional.of(why));
  }

  /** Whether anything is known; that there is no certificate of the kind is something, too. */
  boolean saw() {
    return !reports.isEmpty() || (missingRight.isEmpty() && failure.isEmpty());
  }

  /** Whether it may soon be otherwise: something is to be repaired, or failed. */
  boolean isWorthAnother() {
    return failure.isPresent()
        || reports.stream()
            .map(CertificateReport::state)
            .anyMatch(state -> state == CertificateState.BROKEN || state == CertificateState.ENDED);
  }
}
