package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.reconcile.Stage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is measured of passes, their stages and their first stage's source, the directory. */
final class PassMetrics implements ControllerListener {
  private final InstantSource clock;
  private final InstantSource steady;
  private final Summary runs;
  private final Gauge finished;
  private final Counter failed;
  private final Summary stages;
  private final Gauge complete;
  private volatile Optional<Instant> readAt = Optional.empty();
  private Optional<Stage> stage = Optional.empty();
  private Instant entered = Instant.MIN;

  PassMetrics(PrometheusRegistry registry, InstantSource clock, InstantSource steady) {
    this.clock = requireNonNull(clock, "clock is null");
    this.steady = requireNonNull(steady, "steady is null");
    this.runs = Metric.RUN_SECONDS.summary(registry);
    this.finished = Metric.RUN_FINISHED.gauge(registry);
    this.failed = Metric.RUNS_FAILED.counter(registry);
    this.stages = Metric.STAGE_SECONDS.summary(registry);
    this.complete = Metric.DIRECTORY_COMPLETE.gauge(registry);
    Metric.DIRECTORY_AGE_SECONDS.gauge(registry, this::age);
  }

  /** Of these, those of one pass come from one thread, and one pass comes after the other. */
  @Override
  public void onEvent(ControllerEvent event) {
    switch (event) {
      case ControllerEvent.StageEntered(Stage next) -> enter(Optional.of(next));
      case ControllerEvent.DirectoryRead _ -> {
        readAt = Optional.of(steady.instant());
        complete.set(1);
      }
      case ControllerEvent.PassFinished(PassReport report) -> {
        enter(Optional.empty());
        runs.observe(Seconds.of(report.took()));
        finished.set(Seconds.of(clock.instant()));
      }
      case ControllerEvent.PassFailed(RuntimeException cause) -> {
        enter(Optional.empty());
        failed.inc();
        if (cause instanceof DirectoryException) {
          complete.set(0);
        }
      }
      case ControllerEvent.StoodBy _ -> enter(Optional.empty());
      case ControllerEvent.PassStarted _,
          ControllerEvent.PassProgressed _,
          ControllerEvent.CachesLoaded _,
          ControllerEvent.PlanDone _,
          ControllerEvent.AccountFailed _,
          ControllerEvent.Settled _ -> {
        // measured by others
      }
    }
  }

  private synchronized void enter(Optional<Stage> next) {
    Instant now = steady.instant();
    stage.ifPresent(
        ended ->
            stages.labelValues(ended.label()).observe(Seconds.of(Duration.between(entered, now))));
    stage = next;
    entered = now;
  }

  private void age(Metric.Sink sink) {
    readAt.ifPresent(at -> sink.put(Seconds.of(Duration.between(at, steady.instant()))));
  }
}
