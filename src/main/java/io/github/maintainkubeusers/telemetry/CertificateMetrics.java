package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.ReportText;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the certificates that the cluster and services depend on end, and how many are broken.
 * Nothing is shown by a process that does not lead.
 */
final class CertificateMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateMetrics.class);

  /** Nodes are as many as the cluster has; those that end first are the ones to know of. */
  static final int MOST = 500;

  private final BooleanSupplier leads;
  private volatile Picture last = new Picture(List.of(), Map.of());
  private boolean crowded;

  private record Series(CertificateKind kind, String name) {}

  private record Picture(
      List<Map.Entry<Series, Instant>> ends, Map<CertificateKind, Long> broken) {}

  CertificateMetrics(PrometheusRegistry registry, BooleanSupplier leads) {
    this.leads = requireNonNull(leads, "leads is null");
    Metric.CERTIFICATE_END.gauge(registry, this::ends);
    Metric.CERTIFICATES_BROKEN.gauge(registry, this::broken);
  }

  /**
   * Shows these in place of the former.
   *
   * @param reports by kind; nothing is known of a kind that is not there
   */
  synchronized void show(Map<CertificateKind, List<CertificateReport>> reports) {
    var ends = new HashMap<Series, Instant>();
    var broken = new EnumMap<CertificateKind, Long>(CertificateKind.class);
    reports.forEach(
        (kind, ofKind) -> {
          if (ofKind.isEmpty() || ofKind.stream().anyMatch(CertificateMetrics::isKnown)) {
            broken.put(kind, ofKind.stream().filter(CertificateMetrics::isBroken).count());
          }
          if (kind != CertificateKind.TENANTS) { // these are many, of which other metrics tell
            ofKind.forEach(report -> add(report, ends));
          }
        });
    last =
        new Picture(
            ends.entrySet().stream().sorted(Map.Entry.comparingByValue()).limit(MOST).toList(),
            Map.copyOf(broken));
    tellOfCrowd(ends.size());
  }

  /** Of several by one name, as of the CAs in a bundle, the one that ends first. */
  private static void add(CertificateReport report, Map<Series, Instant> ends) {
    report
        .end()
        .ifPresent(
            end ->
                ends.merge(
                    new Series(report.kind(), ReportText.name(report)),
                    end,
                    (one, other) -> one.isBefore(other) ? one : other));
  }

  private static boolean isKnown(CertificateReport report) {
    return report.state() != CertificateState.UNKNOWN;
  }

  private static boolean isBroken(CertificateReport report) {
    return report.state() == CertificateState.BROKEN || report.state() == CertificateState.ENDED;
  }

  private void tellOfCrowd(int all) {
    if (all > MOST && !crowded) {
      LOG.warn(
          "There are {} certificates: {} shows the {} that end first",
          all,
          Metric.CERTIFICATE_END.fullName(),
          MOST);
    }
    crowded = all > MOST;
  }

  private void ends(Metric.Sink sink) {
    if (leads.getAsBoolean()) {
      last.ends()
          .forEach(
              entry ->
                  sink.put(
                      Seconds.of(entry.getValue()),
                      entry.getKey().kind().label(),
                      entry.getKey().name()));
    }
  }

  private void broken(Metric.Sink sink) {
    if (leads.getAsBoolean()) {
      last.broken().forEach((kind, count) -> sink.put(count, kind.label()));
    }
  }
}
