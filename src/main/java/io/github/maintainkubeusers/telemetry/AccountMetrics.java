package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * How accounts stood at the end of the last pass, and what is to come. Nothing is shown before the
 * first.
 */
final class AccountMetrics implements ControllerListener {
  private static final String WITHOUT_RECORD = "new";
  private static final Map<String, Duration> HORIZONS =
      Map.of("1d", Duration.ofDays(1), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30));

  private final Cluster cluster;
  private final InstantSource clock;
  private volatile Optional<Picture> last = Optional.empty();

  private record Picture(
      LabelCounts states, LabelCounts outcomes, LabelCounts held, int refused, Forecast forecast) {}

  AccountMetrics(PrometheusRegistry registry, Cluster cluster, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.clock = requireNonNull(clock, "clock is null");
    show(Metric.ACCOUNTS, registry, (picture, sink) -> picture.states().writeTo(sink));
    show(Metric.ACCOUNT_OUTCOMES, registry, (picture, sink) -> picture.outcomes().writeTo(sink));
    show(Metric.ACCOUNTS_HELD, registry, (picture, sink) -> picture.held().writeTo(sink));
    show(Metric.REMOVALS_REFUSED, registry, (picture, sink) -> sink.put(picture.refused()));
    show(
        Metric.LOCKOUT_DAYS,
        registry,
        (picture, sink) -> picture.forecast().daysToLockout(clock.instant()).ifPresent(sink::put));
    show(Metric.CERTIFICATES_ENDING, registry, this::ending);
    show(
        Metric.OLDEST_DUE_RENEWAL_SECONDS,
        registry,
        (picture, sink) -> sink.put(Seconds.of(picture.forecast().oldestDue(clock.instant()))));
  }

  @Override
  public void onEvent(ControllerEvent event) {
    if (event instanceof ControllerEvent.PassFinished(PassReport report)) {
      Map<AccountId, RecordState> provisioned = cluster.records();
      last =
          Optional.of(
              new Picture(
                  states(report, provisioned),
                  outcomes(report),
                  held(report),
                  (int) report.count(Outcome.Refused.class),
                  Forecast.of(provisioned)));
    }
  }

  private void show(
      Metric metric, PrometheusRegistry registry, BiConsumer<Picture, Metric.Sink> values) {
    metric.gauge(registry, sink -> last.ifPresent(picture -> values.accept(picture, sink)));
  }

  private static LabelCounts states(PassReport report, Map<AccountId, RecordState> provisioned) {
    var labels =
        new ArrayList<>(Stream.of(AccountState.values()).map(AccountState::label).toList());
    labels.add(WITHOUT_RECORD);
    var counts = new LabelCounts(labels);
    provisioned.forEach(
        (id, record) ->
            counts.add(
                id.kind(),
                record.known().map(known -> known.state().label()).orElse(WITHOUT_RECORD)));
    for (AccountId id : report.outcomes().keySet()) {
      if (!provisioned.containsKey(id)) {
        counts.add(id.kind(), WITHOUT_RECORD);
      }
    }
    return counts;
  }

  private static LabelCounts outcomes(PassReport report) {
    var counts =
        new LabelCounts(List.of("done", "unchanged", "pending", "held", "refused", "failed"));
    report
        .outcomes()
        .forEach(
            (id, outcome) ->
                counts.add(
                    id.kind(),
                    switch (outcome) {
                      case Outcome.Done _ -> "done";
                      case Outcome.Unchanged _ -> "unchanged";
                      case Outcome.Pending _ -> "pending";
                      case Outcome.OnHold _ -> "held";
                      case Outcome.Refused _ -> "refused";
                      case Outcome.Failed _ -> "failed";
                    }));
    return counts;
  }

  private static LabelCounts held(PassReport report) {
    var counts =
        new LabelCounts(Arrays.stream(HoldReason.values()).map(HoldReason::label).toList());
    HeldAccounts.of(report).forEach((Held held) -> counts.add(held.kind(), held.reason().label()));
    return counts;
  }

  private void ending(Picture picture, Metric.Sink sink) {
    Instant now = clock.instant();
    HORIZONS.forEach(
        (label, horizon) -> sink.put(picture.forecast().endingWithin(horizon, now), label));
  }
}
