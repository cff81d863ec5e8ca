package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import java.util.Optional;

/**
 * What probes are told. Neither the directory nor homes can make the process look dead: a restart
 * would not help.
 */
final class Health implements ControllerListener {
  private final Liveness liveness;
  private final WatchAges watches;
  private volatile boolean loaded;

  Health(Liveness liveness, WatchAges watches) {
    this.liveness = requireNonNull(liveness, "liveness is null");
    this.watches = requireNonNull(watches, "watches is null");
  }

  /**
   * @param text one line
   */
  record Answer(boolean good, String text) {}

  @Override
  public void onEvent(ControllerEvent event) {
    liveness.onEvent(event);
    if (event instanceof ControllerEvent.CachesLoaded) {
      loaded = true;
    }
  }

  Answer live() {
    Optional<String> stuck = liveness.stuck();
    return new Answer(stuck.isEmpty(), stuck.orElse("ok"));
  }

  Answer ready() {
    if (!loaded) {
      return new Answer(false, "what the cluster holds is not loaded yet");
    }
    return watches.stale().map(stale -> new Answer(false, stale)).orElse(new Answer(true, "ok"));
  }
}
