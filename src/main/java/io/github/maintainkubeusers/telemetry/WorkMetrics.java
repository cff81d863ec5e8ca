package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.stream.Stream;

/** Counts what was done for accounts. */
final class WorkMetrics implements ControllerListener {
  private static final String FIRST = "new";

  private final Counter created;
  private final Counter renewed;
  private final Counter disabled;
  private final Counter removed;
  private final Counter issued;

  WorkMetrics(PrometheusRegistry registry) {
    this.created = Metric.ACCOUNTS_CREATED.counter(registry);
    this.renewed = Metric.ACCOUNTS_RENEWED.counter(registry);
    this.disabled = Metric.ACCOUNTS_DISABLED.counter(registry);
    this.removed = Metric.ACCOUNTS_REMOVED.counter(registry);
    this.issued = Metric.CREDENTIALS_ISSUED.counter(registry);
    // Shown as 0 from the start, so that the first of a kind is an increase.
    Stream.of(created, renewed, disabled, removed)
        .forEach(
            counter ->
                Stream.of(AccountKind.values())
                    .forEach(kind -> counter.initLabelValues(kind.label())));
  }

  @Override
  public void onEvent(ControllerEvent event) {
    if (event instanceof ControllerEvent.PlanDone(Plan plan)) {
      plan.steps().forEach(step -> count(plan, step));
    }
  }

  private void count(Plan plan, Step step) {
    String kind = plan.id().kind().label();
    switch (step) {
      case CredentialStep.Issue _ -> {
        issued.labelValues(kind, plan.why()).inc();
        (plan.why().equals(FIRST) ? created : renewed).labelValues(kind).inc();
      }
      case ClusterStep.WriteRecord(var record, _)
          when plan.removesAccess()
              && record.state() == AccountState.QUARANTINED
              && !record.podsDeleted() ->
          disabled.labelValues(kind).inc();
      case ClusterStep.Remove() -> removed.labelValues(kind).inc();
      case ClusterStep _, CredentialStep _, HomeStep _ -> {
        // parts of the same
      }
    }
  }
}
