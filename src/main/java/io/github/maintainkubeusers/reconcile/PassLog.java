package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and publishes what passes do. */
final class PassLog {
  private static final Logger LOG = LoggerFactory.getLogger(PassLog.class);

  private final ControllerListener listener;
  private final Progress progress;
  private final FaultLog faults;
  private final InstantSource clock;
  private Instant start = Instant.EPOCH;

  PassLog(ControllerListener listener, Progress progress, FaultLog faults, InstantSource clock) {
    this.listener = requireNonNull(listener, "listener is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.faults = requireNonNull(faults, "faults is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void started(long number) {
    start = clock.instant();
    listener.onEvent(new ControllerEvent.PassStarted(number));
  }

  void entered(Stage stage) {
    listener.onEvent(new ControllerEvent.StageEntered(stage));
  }

  PassReport finished(Pass.Result result) {
    progress.log();
    if (!faults.isEmpty()) {
      faults.retain(subjects(result));
    }
    var report =
        new PassReport(
            result.outcomes(), result.wanted().unnamed(), Duration.between(start, clock.instant()));
    LOG.info("Pass over {}", report.summary());
    listener.onEvent(new ControllerEvent.PassFinished(report));
    return report;
  }

  void failed(RuntimeException cause) {
    listener.onEvent(new ControllerEvent.PassFailed(cause));
  }

  void stoodBy() {
    listener.onEvent(new ControllerEvent.StoodBy());
  }

  void loaded() {
    listener.onEvent(new ControllerEvent.CachesLoaded());
  }

  /** Of all whose faults may last. */
  private static Set<String> subjects(Pass.Result result) {
    var subjects = new HashSet<>(Housekeeping.SUBJECTS);
    result.outcomes().keySet().forEach(id -> subjects.add(id.toString()));
    result.wanted().unnamed().forEach(held -> subjects.add(DirectoryReader.subject(held)));
    return subjects;
  }
}
