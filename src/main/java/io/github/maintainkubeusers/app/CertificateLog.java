package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.ReportText;
import io.github.maintainkubeusers.reconcile.FaultText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what is wrong with certificates when it begins, changes and ends, not each time that it is
 * seen.
 */
final class CertificateLog {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateLog.class);

  /** Of one kind and look: all kubelets may be wrong in the same way. */
  private static final int MOST_LINES = 20;

  private final Map<CertificateKind, Map<String, String>> alarms =
      new EnumMap<>(CertificateKind.class);
  private final Map<CertificateKind, String> unseen = new EnumMap<>(CertificateKind.class);
  private Set<CertificateKind> withoutRight = Set.of();

  /** Logs what is new of the kinds that were looked at. */
  void tell(Map<CertificateKind, KindLook> looks) {
    tellOfRights(looks);
    looks.forEach(
        (kind, look) -> {
          tellOfUnseen(kind, look);
          tellOfAlarms(kind, look);
        });
  }

  /** Logs nothing, and takes whatever comes next for new. */
  void forget() {
    alarms.clear();
    unseen.clear();
    withoutRight = Set.of();
  }

  private void tellOfRights(Map<CertificateKind, KindLook> looks) {
    var without = new HashSet<>(withoutRight);
    looks.forEach(
        (kind, look) -> {
          if (look.missingRight().isPresent()) {
            without.add(kind);
          } else {
            without.remove(kind);
          }
        });
    if (!withoutRight.containsAll(without)) {
      LOG.info(
          "Certificates of these kinds are not watched, or not all of them, for want of rights that"
              + " manifests/components/certificates gives: {} ({})",
          without.stream().sorted().map(CertificateKind::label).collect(joining(", ")),
          ReportText.line(
              looks.values().stream()
                  .flatMap(look -> look.missingRight().stream())
                  .findFirst()
                  .orElse("")));
    }
    withoutRight = without;
  }

  private void tellOfUnseen(CertificateKind kind, KindLook look) {
    Optional<String> why = look.failure().or(() -> unknown(look.reports()));
    if (why.isEmpty()) {
      unseen.remove(kind);
      return;
    }
    // Of servers that cannot be reached, which ones is nothing new.
    String lasting = look.failure().map(FaultText::lasting).orElse("");
    if (!lasting.equals(unseen.put(kind, lasting))) {
      LOG.info("Not all is known of certificates of kind {}: {}", kind, ReportText.line(why.get()));
    }
  }

  private static Optional<String> unknown(List<CertificateReport> reports) {
    List<CertificateReport> unknown =
        reports.stream().filter(report -> report.state() == CertificateState.UNKNOWN).toList();
    return unknown.stream()
        .findFirst()
        .map(
            first ->
                unknown.size()
                    + " of "
                    + reports.size()
                    + ", "
                    + ReportText.name(first)
                    + " is "
                    + ReportText.fault(first).orElse(""));
  }

  private void tellOfAlarms(CertificateKind kind, KindLook look) {
    Map<String, String> before = alarms.getOrDefault(kind, Map.of());
    var now = new HashMap<String, String>();
    var unknown = new HashSet<String>();
    int told = 0;
    for (CertificateReport report : look.reports()) {
      String name = ReportText.name(report);
      if (report.state() == CertificateState.UNKNOWN) {
        unknown.add(name);
      } else if (report.state().isAlarm()) {
        String fault = ReportText.fault(report).orElse("");
        String lasting = FaultText.lasting(fault);
        if (now.putIfAbsent(name, lasting) == null && !lasting.equals(before.get(name))) {
          told++;
          if (told <= MOST_LINES) {
            LOG.warn("Certificate {} {}: {}", kind, name, fault);
          }
        }
      }
    }
    if (told > MOST_LINES) {
      LOG.warn(
          "And {} more certificates of kind {}: maintain-kubeusers certificates check lists them",
          told - MOST_LINES,
          kind);
    }
    boolean partial = look.failure().isPresent() || look.missingRight().isPresent();
    before.forEach(
        (name, lasting) -> {
          if (partial || unknown.contains(name)) {
            now.putIfAbsent(name, lasting);
          }
        });
    tellOfRecovered(kind, before.keySet(), now.keySet());
    alarms.put(kind, now);
  }

  private static void tellOfRecovered(CertificateKind kind, Set<String> before, Set<String> now) {
    List<String> recovered = before.stream().filter(name -> !now.contains(name)).sorted().toList();
    recovered.stream()
        .limit(MOST_LINES)
        .forEach(name -> LOG.info("Certificate {} {}: recovered, or no longer there", kind, name));
    if (recovered.size() > MOST_LINES) {
      LOG.info(
          "And {} more certificates of kind {} recovered", recovered.size() - MOST_LINES, kind);
    }
  }
}
