package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All events of a controller, in their order. */
public final class RecordedEvents implements ControllerListener {
  private final List<ControllerEvent> all = new CopyOnWriteArrayList<>();

  @Override
  public void onEvent(ControllerEvent event) {
    all.add(event);
  }

  public List<ControllerEvent> all() {
    return List.copyOf(all);
  }

  public <T extends ControllerEvent> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public void clear() {
    all.clear();
  }
}
