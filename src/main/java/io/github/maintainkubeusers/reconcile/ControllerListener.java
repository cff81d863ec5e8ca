package io.github.maintainkubeusers.reconcile;

/** Follows what the controller does. Called from any thread. */
@FunctionalInterface
public interface ControllerListener {
  void onEvent(ControllerEvent event);
}
