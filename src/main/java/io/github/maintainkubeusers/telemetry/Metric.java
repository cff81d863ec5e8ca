package io.github.maintainkubeusers.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Every metric that there is; docs/metrics.md has the same table. */
enum Metric {
  RUN_SECONDS(Type.SUMMARY, "run_seconds", "What passes over everybody took"),
  RUN_FINISHED(
      Type.GAUGE, "run_finished", "When the last pass ended, as Unix time; 0 before the first"),
  RUNS_FAILED(Type.COUNTER, "runs_failed_total", "Passes that could not run"),
  STAGE_SECONDS(Type.SUMMARY, "stage_seconds", "What the stages of passes took", "stage"),
  ACCOUNTS_CREATED(
      Type.COUNTER,
      "accounts_created_total",
      "Accounts given their first credentials",
      "account_type"),
  ACCOUNTS_RENEWED(
      Type.COUNTER, "accounts_renewed_total", "Accounts given new credentials", "account_type"),
  ACCOUNTS_DISABLED(
      Type.COUNTER, "accounts_disabled_total", "Accounts put into quarantine", "account_type"),
  ACCOUNTS_REMOVED(
      Type.COUNTER, "accounts_removed_total", "Accounts removed for good", "account_type"),
  CREDENTIALS_ISSUED(
      Type.COUNTER,
      "credentials_issued_total",
      "Credentials issued, by what made it necessary",
      "account_type",
      "why"),
  ACCOUNTS(
      Type.GAUGE,
      "accounts",
      "Accounts by what their record says; new: they have none yet",
      "account_type",
      "state"),
  ACCOUNT_OUTCOMES(
      Type.GAUGE,
      "account_outcomes",
      "What came of accounts in the last pass",
      "account_type",
      "outcome"),
  ACCOUNTS_HELD(Type.GAUGE, "accounts_held", "Accounts that are held", "account_type", "reason"),
  REMOVALS_REFUSED(
      Type.GAUGE,
      "removals_refused",
      "Accounts that the last pass did not remove, though the" + " directory seems to want it"),
  LOCKOUT_DAYS(
      Type.GAUGE,
      "lockout_days",
      "Days until the first account is locked out, if the controller stopped now"),
  CERTIFICATES_ENDING(
      Type.GAUGE, "certificates_ending", "Certificates in use that end within this time", "within"),
  OLDEST_DUE_RENEWAL_SECONDS(
      Type.GAUGE,
      "oldest_due_renewal_seconds",
      "How long the oldest renewal has been due; 0: none is"),
  DIRECTORY_AGE_SECONDS(
      Type.GAUGE, "directory_age_seconds", "Age of the last complete reading of the directory"),
  DIRECTORY_COMPLETE(
      Type.GAUGE, "directory_complete", "1 when the last reading of the directory was complete"),
  API_CALLS(
      Type.COUNTER,
      "api_calls_total",
      "Calls to the API server by HTTP status; 0: no answer",
      "verb",
      "code"),
  CSR_WAIT_SECONDS(
      Type.HISTOGRAM, "csr_wait_seconds", "Time from approval to certificate, or to giving up"),
  WATCH_AGE_SECONDS(
      Type.GAUGE,
      "watch_age_seconds",
      "Time since the API server gave a sign of life on a watch; quiet ones begin anew every 10"
          + " minutes",
      "mirror"),
  API_CERTIFICATE_END(
      Type.GAUGE,
      "api_certificate_end_timestamp_seconds",
      "When the certificate that the API server shows ends, as Unix time"),
  CLUSTER_CA_END(
      Type.GAUGE,
      "cluster_ca_end_timestamp_seconds",
      "When an authority of the cluster's CA bundle ends, as Unix time",
      "fingerprint"),
  CERTIFICATE_END(
      Type.GAUGE,
      "certificate_end_timestamp_seconds",
      "When a certificate that the cluster or a service depends on ends, as Unix time",
      "kind",
      "name"),
  CERTIFICATES_BROKEN(
      Type.GAUGE,
      "certificates_broken",
      "Certificates that the cluster or services depend on and that are broken or have ended",
      "kind"),
  HOMES_FAILING(
      Type.GAUGE,
      "homes_failing",
      "Homes in which the last attempt failed, by who can help",
      "root",
      "fault"),
  EVENTS(
      Type.COUNTER,
      "events_total",
      "Events for people: written, failed, or dropped because there were too many",
      "result"),
  LEADER(Type.GAUGE, "leader", "1 when this process is the one that works");

  private static final String PREFIX = "maintain_kubeusers_";

  /** A signer that does well takes less than one; the default timeout is 60. */
  private static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};

  private final Type type;
  private final String name;
  private final String help;
  private final String labels;

  enum Type {
    COUNTER,
    GAUGE,
    SUMMARY,
    HISTOGRAM
  }

  Metric(Type type, String name, String help, String... labels) {
    this.type = type;
    this.name = PREFIX + name;
    this.help = help;
    this.labels = String.join(" ", labels);
  }

  Type type() {
    return type;
  }

  String fullName() {
    return name;
  }

  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(" ", -1));
  }

  String help() {
    return help;
  }

  Counter counter(PrometheusRegistry registry) {
    return Counter.builder().name(name).help(help).labelNames(labelNames()).register(registry);
  }

  Gauge gauge(PrometheusRegistry registry) {
    return Gauge.builder().name(name).help(help).labelNames(labelNames()).register(registry);
  }

  /** A gauge whose values are asked for at each scrape. */
  void gauge(PrometheusRegistry registry, Values values) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(labelNames())
            .callback(callback -> values.writeTo(callback::call))
            .register(registry);
  }

  Summary summary(PrometheusRegistry registry) {
    return Summary.builder().name(name).help(help).labelNames(labelNames()).register(registry);
  }

  Histogram histogram(PrometheusRegistry registry) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labelNames())
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .register(registry);
  }

  private String[] labelNames() {
    return labels().toArray(String[]::new);
  }

  /** Tells what there is to tell at this moment. */
  @FunctionalInterface
  interface Values {
    void writeTo(Sink sink);
  }

  /** Takes one value and those of its labels. */
  @FunctionalInterface
  interface Sink {
    void put(double value, String... labels);
  }
}
