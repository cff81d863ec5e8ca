package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.cluster.ClusterEvent;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.WantedAccounts;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.InMemoryFaults;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestClock;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Telemetry of a cluster in memory, told by hand what happens. */
final class TestingTelemetry implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  static final HomePath TOOLS = new HomePath("/data/project");
  static final HomePath ADMINS = new HomePath("/home");
  private static final String FINGERPRINT = "ab".repeat(32);

  final Journal journal = new Journal();
  final TestClock clock = new TestClock(NOW);
  final InMemoryCluster cluster = new InMemoryCluster(journal, clock);
  final PrometheusRegistry registry = new PrometheusRegistry();
  final AtomicBoolean leads = new AtomicBoolean();
  final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
  final InMemoryFaults faults = new InMemoryFaults();
  private final WatchAges watches = new WatchAges(clock);
  final ClusterMetrics calls = new ClusterMetrics(registry, watches);
  final Telemetry telemetry =
      new Telemetry(
          new TelemetrySettings(
              Optional.empty(),
              Optional.empty(),
              Duration.ofMinutes(15),
              true,
              List.of(TOOLS, ADMINS)),
          registry,
          watches,
          cluster,
          events::add,
          faults,
          leads::get,
          clock,
          clock);

  static Account account(AccountId id) {
    HomePath root =
        switch (id.kind()) {
          case TOOL -> TOOLS;
          case ADMIN, SERVICE -> ADMINS;
        };
    return new Account(id, new Uid(50_000), new HomePath(root + "/" + id.name()), false);
  }

  /** An account whose certificate ends at this time, after a year. */
  void provisioned(AccountId id, Instant notAfter) {
    var credential =
        new Credential(
            CredentialId.LEGACY,
            1,
            FINGERPRINT,
            FINGERPRINT,
            "1f",
            notAfter.minus(Duration.ofDays(365)),
            notAfter);
    var record =
        AccountRecord.active(new Uid(50_000), credential, List.of(), NOW, LastApplied.NONE);
    cluster.change(
        id,
        _ ->
            Changed.status(
                Changed.record(
                    Changed.namespace(Observed.nothing(id), NamespaceState.READY),
                    new RecordState.Known(record)),
                Optional.of(CredentialStatus.of(id.kind(), credential, Optional.empty()))));
  }

  void directoryHas(Account... accounts) {
    var wanted = new TreeMap<AccountId, Account>();
    List.of(accounts).forEach(account -> wanted.put(account.id(), account));
    telemetry.onEvent(
        new ControllerEvent.DirectoryRead(
            new WantedAccounts(wanted, new TreeMap<>(), List.of()), clock.instant()));
  }

  void finished(Map<AccountId, Outcome> outcomes, Held... held) {
    telemetry.onEvent(
        new ControllerEvent.PassFinished(
            new PassReport(outcomes, List.of(held), Duration.ofMillis(2500))));
  }

  /** What Prometheus would read. */
  String scrape() {
    try {
      var out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    telemetry.close();
  }
}
