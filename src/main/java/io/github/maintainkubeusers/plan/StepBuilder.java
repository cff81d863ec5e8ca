package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Steps in their order, and the priority of the most urgent one. */
final class StepBuilder {
  private final List<Step> steps = new ArrayList<>();
  private boolean awaited;
  private boolean routine;

  void add(Step step) {
    steps.add(step);
    awaited = true;
  }

  /** Restores what the account's own owner changed, which can wait. */
  void addRepair(Step step) {
    steps.add(step);
  }

  void addAll(Collection<? extends Step> more) {
    more.forEach(this::add);
  }

  /** One that many accounts may need at once, and that can wait. */
  void addRoutine(Step step) {
    steps.add(step);
    routine = true;
  }

  void append(StepBuilder more) {
    steps.addAll(more.steps);
    awaited |= more.awaited;
    routine |= more.routine;
  }

  List<Step> steps() {
    return steps;
  }

  RolloutPriority priority() {
    if (awaited || steps.isEmpty()) {
      return RolloutPriority.NONE;
    }
    return routine ? RolloutPriority.ROUTINE : RolloutPriority.REPAIR;
  }
}
