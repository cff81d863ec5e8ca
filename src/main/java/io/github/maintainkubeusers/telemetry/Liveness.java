package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether passes come and go, and get on while they last. A pass that fails is one that came to its
 * end.
 */
final class Liveness implements ControllerListener {
  private static final String BETWEEN = "between two passes";

  private final InstantSource clock;
  private final Duration stuckAfter;
  private volatile Optional<Instant> last = Optional.empty();
  private volatile String where = BETWEEN;

  /**
   * @param stuckAfter longer than anything that is waited for with a limit, and than the time
   *     between passes
   */
  Liveness(InstantSource clock, Duration stuckAfter) {
    this.clock = requireNonNull(clock, "clock is null");
    this.stuckAfter = requireNonNull(stuckAfter, "stuckAfter is null");
  }

  /** From now on, passes are to be expected. */
  void expect() {
    where = BETWEEN;
    last = Optional.of(clock.instant());
  }

  @Override
  public void onEvent(ControllerEvent event) {
    switch (event) {
      case ControllerEvent.PassStarted(long number) -> at("at the start of pass " + number);
      case ControllerEvent.StageEntered(var stage) -> at("in stage " + stage.label());
      case ControllerEvent.PassProgressed _ -> at(where);
      case ControllerEvent.PassFinished _,
          ControllerEvent.PassFailed _,
          ControllerEvent.StoodBy _ ->
          at(BETWEEN);
      case ControllerEvent.DirectoryRead _, ControllerEvent.CachesLoaded _ -> at(where);
      // Also done when somebody changes something, while the loop itself stands still.
      case ControllerEvent.PlanDone _,
          ControllerEvent.AccountFailed _,
          ControllerEvent.Settled _ -> {}
    }
  }

  /** Where it got stuck and for how long, if it did. */
  Optional<String> stuck() {
    Duration silence =
        last.map(time -> Duration.between(time, clock.instant())).orElse(Duration.ZERO);
    return silence.compareTo(stuckAfter) <= 0
        ? Optional.empty()
        : Optional.of("stuck " + where + ": no progress for " + silence.toSeconds() + " s");
  }

  private void at(String place) {
    where = place;
    last = Optional.of(clock.instant());
  }
}
