package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Steps in their order, and whether somebody waits for any of them. */
final class StepBuilder {
  private final List<Step> steps = new ArrayList<>();
  private boolean awaited;

  void add(Step step) {
    steps.add(step);
    awaited = true;
  }

  void addAll(Collection<? extends Step> more) {
    more.forEach(this::add);
  }

  /** One that many accounts may need at once, and that can wait. */
  void addRoutine(Step step) {
    steps.add(step);
  }

  void append(StepBuilder more) {
    steps.addAll(more.steps);
    awaited |= more.awaited;
  }

  List<Step> steps() {
    return steps;
  }

  RolloutPriority priority() {
    return awaited || steps.isEmpty() ? RolloutPriority.NONE : RolloutPriority.ROUTINE;
  }
}
