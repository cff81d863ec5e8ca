package io.github.maintainkubeusers.telemetry;

import java.util.List;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.DepartureStep;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.reconcile.Happening;
import io.github.maintainkubeusers.reconcile.PassListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what was done for accounts. */
final class WorkMetrics implements PassListener {
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
        Stream.of(created, renewed, disabled, removed).forEach(counter -> Stream.of(AccountKind.values())
                .forEach(kind -> counter.initLabelValues(kind.label())));
    }

    @Override
    public void on(Happening happening) {
        if (happening instanceof Happening.Worked(var account, String why, List<Step> steps)
                && steps.stream().anyMatch(Step.Issue.class::isInstance)) {
            issued(account.id(), why);
        } else if (happening instanceof Happening.Departed(DeparturePlan plan)) {
            departed(plan);
        }
    }

    private void issued(AccountId id, String why) {
        String kind = id.kind().label();
        issued.labelValues(kind, why).inc();
        (why.equals(FIRST) ? created : renewed).labelValues(kind).inc();
    }

    private void departed(DeparturePlan plan) {
        String kind = plan.departure().id().kind().label();
        for (DepartureStep step : plan.steps()) {
            switch (step) {
                case DepartureStep.RecordQuarantine() -> disabled.labelValues(kind).inc();
                case DepartureStep.DeleteNamespace(),DepartureStep.DeleteRecord() -> removed.labelValues(kind).inc();
                case DepartureStep.Withdraw _,DepartureStep.Block _,DepartureStep.DeletePods _,DepartureStep.MarkDisabled _,DepartureStep.Bury _,DepartureStep.DeleteBinding _ -> {
                    // parts of the same
                }
            }
        }
    }
}
